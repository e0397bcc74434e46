// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference of two texts, line by line, in the unified form with three lines around each change, as Kubernetes
 * shows what may not change. Finds the longest common runs the way Python's difflib does: lines that are very frequent
 * in a long text start no run.
 */
final class UnifiedDiff {
    private static final int AROUND = 3;
    private static final int LONG_TEXT = 200;

    /** A run of lines that both texts have. */
    private record Run(int a, int b, int size) {}

    /** A stretch of both texts: equal, or one replaced by the other. */
    private record Step(boolean equal, int aFrom, int aTo, int bFrom, int bTo) {}

    private final String[] a;
    private final String[] b;
    private final Map<String, List<Integer>> places = new HashMap<>();

    private UnifiedDiff(String[] a, String[] b) {
        this.a = a;
        this.b = b;
        for (int i = 0; i < b.length; i++) {
            places.computeIfAbsent(b[i], any -> new ArrayList<>()).add(i);
        }
        if (b.length >= LONG_TEXT) {
            int most = b.length / 100 + 1;
            places.values().removeIf(lines -> lines.size() > most);
        }
    }

    /** The difference, empty where there is none; every line ends with a newline. */
    static String of(String before, String after) {
        return new UnifiedDiff(lines(before), lines(after)).text();
    }

    private static String[] lines(String text) {
        return Arrays.stream(text.split("\n", -1)).map(line -> line + "\n").toArray(String[]::new);
    }

    private Run longest(int aFrom, int aTo, int bFrom, int bTo) {
        int bestA = aFrom;
        int bestB = bFrom;
        int best = 0;
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = aFrom; i < aTo; i++) {
            Map<Integer, Integer> next = new HashMap<>();
            for (int j : places.getOrDefault(a[i], List.of())) {
                if (j < bFrom) {
                    continue;
                }
                if (j >= bTo) {
                    break;
                }
                int length = lengths.getOrDefault(j - 1, 0) + 1;
                next.put(j, length);
                if (length > best) {
                    bestA = i - length + 1;
                    bestB = j - length + 1;
                    best = length;
                }
            }
            lengths = next;
        }
        while (bestA > aFrom && bestB > bFrom && a[bestA - 1].equals(b[bestB - 1])) {
            bestA--;
            bestB--;
            best++;
        }
        while (bestA + best < aTo && bestB + best < bTo && a[bestA + best].equals(b[bestB + best])) {
            best++;
        }
        return new Run(bestA, bestB, best);
    }

    private void runs(int aFrom, int aTo, int bFrom, int bTo, List<Run> out) {
        Run run = longest(aFrom, aTo, bFrom, bTo);
        if (run.size() == 0) {
            return;
        }
        if (aFrom < run.a() && bFrom < run.b()) {
            runs(aFrom, run.a(), bFrom, run.b(), out);
        }
        out.add(run);
        if (run.a() + run.size() < aTo && run.b() + run.size() < bTo) {
            runs(run.a() + run.size(), aTo, run.b() + run.size(), bTo, out);
        }
    }

    private List<Step> steps() {
        List<Run> runs = new ArrayList<>();
        runs(0, a.length, 0, b.length, runs);
        runs.add(new Run(a.length, b.length, 0));
        List<Step> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (Run run : runs) {
            if (i < run.a() || j < run.b()) {
                out.add(new Step(false, i, run.a(), j, run.b()));
            }
            i = run.a() + run.size();
            j = run.b() + run.size();
            if (run.size() > 0) {
                addEqual(out, new Step(true, run.a(), i, run.b(), j));
            }
        }
        return out;
    }

    /** Runs that touch are one. */
    private static void addEqual(List<Step> steps, Step step) {
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last != null && last.equal()) {
            steps.set(steps.size() - 1, new Step(true, last.aFrom(), step.aTo(), last.bFrom(), step.bTo()));
        } else {
            steps.add(step);
        }
    }

    private String text() {
        List<Step> steps = steps();
        StringBuilder out = new StringBuilder();
        List<Step> hunk = new ArrayList<>();
        for (int k = 0; k < steps.size(); k++) {
            Step step = steps.get(k);
            if (!step.equal()) {
                hunk.add(step);
                continue;
            }
            boolean first = k == 0;
            boolean last = k == steps.size() - 1;
            int size = step.aTo() - step.aFrom();
            if (!first && !last && size <= 2 * AROUND) {
                hunk.add(step);
                continue;
            }
            if (!first) {
                int kept = Math.min(size, AROUND);
                hunk.add(new Step(true, step.aFrom(), step.aFrom() + kept, step.bFrom(), step.bFrom() + kept));
                print(hunk, out);
                hunk.clear();
            }
            if (!last) {
                int kept = Math.min(size, AROUND);
                hunk.add(new Step(true, step.aTo() - kept, step.aTo(), step.bTo() - kept, step.bTo()));
            }
        }
        print(hunk, out);
        return out.toString();
    }

    private void print(List<Step> hunk, StringBuilder out) {
        if (hunk.stream().allMatch(Step::equal)) {
            return;
        }
        Step first = hunk.get(0);
        Step last = hunk.get(hunk.size() - 1);
        out.append("@@ -")
                .append(range(first.aFrom(), last.aTo()))
                .append(" +")
                .append(range(first.bFrom(), last.bTo()))
                .append(" @@\n");
        for (Step step : hunk) {
            if (step.equal()) {
                lines(out, ' ', a, step.aFrom(), step.aTo());
            } else {
                lines(out, '-', a, step.aFrom(), step.aTo());
                lines(out, '+', b, step.bFrom(), step.bTo());
            }
        }
    }

    private static void lines(StringBuilder out, char sign, String[] lines, int from, int to) {
        for (int i = from; i < to; i++) {
            out.append(sign).append(lines[i]);
        }
    }

    private static String range(int from, int to) {
        int length = to - from;
        if (length == 1) {
            return Integer.toString(from + 1);
        }
        return (length == 0 ? from : from + 1) + "," + length;
    }
}
