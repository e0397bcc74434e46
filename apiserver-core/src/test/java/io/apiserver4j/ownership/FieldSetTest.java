// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.value.ObjectValue;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {

    @RepeatedTest(5)
    void algebraAgreesWithSetsOfTexts() {
        long seed = Long.getLong("sets.seed", System.nanoTime());
        System.out.println("sets.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            FieldSet a = RandomSets.next(random);
            FieldSet b = RandomSets.next(random);
            TreeSet<String> pa = RandomSets.paths(a);
            TreeSet<String> pb = RandomSets.paths(b);

            TreeSet<String> union = new TreeSet<>(pa);
            union.addAll(pb);
            assertThat(RandomSets.paths(a.union(b))).isEqualTo(union);
            TreeSet<String> both = new TreeSet<>(pa);
            both.retainAll(pb);
            assertThat(RandomSets.paths(a.intersection(b))).isEqualTo(both);
            TreeSet<String> minus = new TreeSet<>(pa);
            minus.removeAll(pb);
            assertThat(RandomSets.paths(a.difference(b))).isEqualTo(minus);
            TreeSet<String> recursive = new TreeSet<>(pa);
            recursive.removeIf(path -> pb.stream().anyMatch(gone -> path.equals(gone) || path.startsWith(gone + "/")));
            assertThat(RandomSets.paths(a.recursiveDifference(b))).isEqualTo(recursive);
            TreeSet<String> leaves = new TreeSet<>(pa);
            leaves.removeIf(path -> pa.stream().anyMatch(other -> other.startsWith(path + "/")));
            assertThat(RandomSets.paths(a.leaves())).isEqualTo(leaves);

            assertThat(a.count()).isEqualTo(pa.size());
            assertThat(a.equals(b)).isEqualTo(pa.equals(pb));
            a.forEach(path -> assertThat(a.has(path)).isTrue());
            assertThat(FieldSet.read(a.toWire())).isEqualTo(a);
            assertThat(FieldSet.read(a.toWire()).toWire()).isSameAs(a.toWire());
        }
    }

    @RepeatedTest(2)
    void sharesWhatDoesNotChange() {
        long seed = Long.getLong("sets.seed", System.nanoTime());
        System.out.println("sets.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            FieldSet a = RandomSets.next(random);
            FieldSet b = RandomSets.next(random);
            assertThat(a.difference(b.difference(a))).isSameAs(a);
            assertThat(a.union(a.intersection(b))).isSameAs(a);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'f:data':{'.':{},'f:k':{}}}",
                "{'f:a':{},'f:b':{'f:c':{}}}",
                "{'f:spec':{'f:ports':{'k:{\\'port\\':9}':{'.':{},'f:x':{}},'k:{\\'port\\':80}':{}}}}",
                "{'f:metadata':{'f:finalizers':{'.':{},'v:\\'x\\'':{}}},'i:0':{}}",
            })
    void readsAndWritesTheWireForm(String text) {
        ObjectValue wire = TestSchemas.json(text);
        FieldSet set = FieldSet.read(wire);
        assertThat(set.toWire()).isEqualTo(wire);
        assertThat(set.union(FieldSet.of("zz"))
                        .difference(FieldSet.of("zz"))
                        .toWire()
                        .toString())
                .isEqualTo(wire.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'f:b':{},'f:a':{}}                                | {'f:a':{},'f:b':{}}
        {'f:a':null}                                       | {'f:a':{}}
        {'f:a':{'x:new':{}}}                               | {'f:a':{}}
        {'f:a':{'.':{}}}                                   | {'f:a':{}}
        {'f:a':{'f:b':{},'.':{}}}                          | {'f:a':{'.':{},'f:b':{}}}
        {'k:{\\'b\\':1,\\'a\\':2}':{}}                     | {'k:{\\'a\\':2,\\'b\\':1}':{}}
        {'k:{\\'p\\':80}':{},'k:{\\'p\\':9}':{}}           | {'k:{\\'p\\':9}':{},'k:{\\'p\\':80}':{}}
        {'k:{\\'p\\':1}':{'f:x':{}},'k:{ \\'p\\':1.0}':{}} | {'k:{\\'p\\':1}':{'.':{},'f:x':{}}}
        {'i:1':{},'v:1':{},'k:{\\'a\\':1}':{},'f:z':{}}    | {'f:z':{},'k:{\\'a\\':1}':{},'v:1':{},'i:1':{}}
        """)
    void bringsForeignFormsIntoOrder(String text, String canonical) {
        assertThat(FieldSet.read(TestSchemas.json(text)).toWire().toString())
                .isEqualTo(TestSchemas.json(canonical).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'f:a':5}",
                "{'f:a':{'f:b':[]}}",
                "{'':{}}",
                "{'fa':{}}",
                "{'k:[]':{}}",
                "{'v:{':{}}",
                "{'i:x':{}}"
            })
    void refusesWhatIsNoSet(String text) {
        assertThatThrownBy(() -> FieldSet.read(TestSchemas.json(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsPathsAsMessagesDo() {
        assertThat(FieldSet.read(
                                TestSchemas.json(
                                        "{'f:spec':{'f:l':{'k:{\\'name\\':\\'c\\',\\'port\\':80}':{'f:x':{}},'v:\\'s\\'':{},'i:3':{}}}}"))
                        .toString())
                .isEqualTo(".spec.l[=\"s\"]\n.spec.l[3]\n.spec.l[name=\"c\",port=80].x");
    }
}
