// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of the sources: size of files, null-marking, licence header; and a report of how closed they are. */
class ShapeTest {
    private static final int HARD_STOP = 800;

    /** Files that may be longer, each with the reason; such a file opens with its theory. Kept short. */
    private static final Map<String, String> LONGER = Map.of();

    private static final String HEADER =
            "// Copyright the apiserver4j authors.\n// SPDX-License-Identifier: Apache-2.0\n";

    private static final SourceTree TREE = SourceTree.here();
    private static final List<SourceFile> MAIN = TREE.main();

    @Test
    void noFileIsTooLong() {
        List<String> findings = new ArrayList<>();
        for (SourceFile source : MAIN) {
            if (source.lines() > HARD_STOP && !LONGER.containsKey(source.name())) {
                findings.add(source.name() + ": " + source.lines() + " lines, at most " + HARD_STOP);
            }
        }
        assertThat(findings).isEmpty();
        assertThat(MAIN).extracting(SourceFile::name).containsAll(LONGER.keySet());
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() {
        Set<String> findings = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (SourceFile source : MAIN) {
            if (source.name().endsWith("package-info.java")) {
                described.add(source.module() + ":" + source.packageName());
                boolean marked = source.code().contains("@NullMarked")
                        || source.code().contains("@org.jspecify.annotations.NullMarked");
                if (!marked || !source.text().contains("/**")) {
                    findings.add(source.name() + ": needs javadoc and @NullMarked");
                }
            }
        }
        for (SourceFile source : MAIN) {
            if (!described.contains(source.module() + ":" + source.packageName())) {
                findings.add(source.module() + ": package '" + source.packageName() + "' has no package-info.java");
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void everySourceCarriesTheLicenceHeader() {
        assertThat(TREE.all())
                .filteredOn(source -> !source.text().startsWith(HEADER))
                .extracting(SourceFile::name)
                .isEmpty();
    }

    @Test
    void nothingIsImportedByWildcard() {
        assertThat(TREE.all())
                .filteredOn(source -> source.imports().stream().anyMatch(name -> name.endsWith(".*")))
                .extracting(SourceFile::name)
                .isEmpty();
    }

    /** Aims, not limits: half of the files under 150 lines, nine in ten under 400, a third of the types closed. */
    @Test
    void reportOfSizeAndClosedness() {
        List<Integer> lines = MAIN.stream().map(SourceFile::lines).sorted().toList();
        List<String> types =
                MAIN.stream().flatMap(source -> source.topLevelTypes().stream()).toList();
        long closed = types.stream()
                .filter(modifiers -> !modifiers.contains("public"))
                .count();
        assertThat(types).as("top-level types").isNotEmpty();
        System.out.printf(
                "main files %d, median %d lines, p90 %d; top-level types %d, closed %d %%%n",
                lines.size(),
                lines.get(lines.size() / 2),
                lines.get(lines.size() * 9 / 10),
                types.size(),
                closed * 100 / types.size());
    }

    @Test
    void topLevelTypesAreCountedWithTheirModifiers() {
        SourceFile source = SourceFile.of("m", "p", "A.java", """
                /** class Comment {} */
                public final class A { private static class Inner {} String s = "class B {"; char c = '{'; }
                record Closed(int x) {}
                sealed interface Open permits Closed {}
                @interface Mark {}
                """);
        assertThat(source.topLevelTypes()).hasSize(4);
        assertThat(source.topLevelTypes().get(0)).contains("public");
        assertThat(source.topLevelTypes().subList(1, 4)).noneMatch(modifiers -> modifiers.contains("public"));
    }
}
