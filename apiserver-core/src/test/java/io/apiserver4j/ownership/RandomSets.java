// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Random sets of paths over few steps, so that they overlap. */
final class RandomSets {
    private static final List<FieldStep> STEPS = List.of(
            FieldStep.field("a"),
            FieldStep.field("b"),
            FieldStep.field("c\u00e9"),
            FieldStep.key(TestSchemas.json("{'name':'x','port':9}")),
            FieldStep.key(TestSchemas.json("{'name':'x','port':80}")),
            FieldStep.value(Value.of("v")),
            FieldStep.value(Value.of(2)),
            FieldStep.index(0));

    private RandomSets() {}

    static FieldSet next(Random random) {
        FieldSet set = FieldSet.EMPTY;
        int paths = random.nextInt(14);
        for (int i = 0; i < paths; i++) {
            List<FieldStep> path = new ArrayList<>();
            int depth = 1 + random.nextInt(3);
            for (int k = 0; k < depth; k++) {
                path.add(STEPS.get(random.nextInt(STEPS.size())));
            }
            set = set.union(single(path));
        }
        return set;
    }

    static FieldSet single(List<FieldStep> path) {
        FieldSet below = path.size() == 1 ? null : single(path.subList(1, path.size()));
        return new FieldSet.Builder().add(path.get(0), path.size() == 1, below).build();
    }

    /** The paths as texts: the model that the algebra is checked against. */
    static TreeSet<String> paths(FieldSet set) {
        TreeSet<String> paths = new TreeSet<>();
        set.forEach(path -> {
            StringBuilder text = new StringBuilder();
            path.forEach(step -> text.append('/').append(step.wire()));
            paths.add(text.toString());
        });
        return paths;
    }

    static ObjectValue wire(String text) {
        return TestSchemas.json(text);
    }
}
