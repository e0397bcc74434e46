// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walks over value and schema together, by tables and by laws that hold for random values. */
class TypedWalksTest {
    private static final Schema SCHEMA = TestSchemas.of("""
        {'type':'object','properties':{
          'n':{'type':'integer'},
          's':{'type':'string'},
          'b':{'type':'boolean'},
          'any':{},
          'm':{'type':'object','additionalProperties':{'type':'string'}},
          'am':{'type':'object','additionalProperties':{'type':'string'},'x-kubernetes-map-type':'atomic'},
          'o':{'type':'object','properties':{'x':{'type':'string'},'y':{'type':'integer'}}},
          'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},
          'list':{'type':'array','items':{'type':'string'}},
          'keyed':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name','port'],
            'items':{'type':'object','properties':{
              'name':{'type':'string'},'port':{'type':'integer','default':80},'v':{'type':'string'},
              'o':{'type':'object','properties':{'x':{'type':'string'}}}}}}}}
        """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'n':1,'s':''}                       | {'f:n':{},'f:s':{}}
        {'m':{'a':'1'}}                      | {'f:m':{'f:a':{}}}
        {'m':{}}                             | {'f:m':{}}
        {'m':null,'s':null,'set':null}       | {'f:m':{},'f:s':{},'f:set':{}}
        {'am':{'a':'1'},'list':['a']}        | {'f:am':{},'f:list':{}}
        {'o':{'x':'1'}}                      | {'f:o':{'f:x':{}}}
        {'set':['a'],'keyed':[]}             | {'f:set':{'v:\\'a\\'':{}}}
        {'set':[]}                           | {}
        {'any':{'a':{'b':[1]},'c':{}}}       | {'f:any':{'f:a':{'.':{},'f:b':{}},'f:c':{}}}
        {'any':[1]}                          | {'f:any':{}}
        {'keyed':[{'name':'a','v':'1'}]}     | {'f:keyed':{'k:{\\'name\\':\\'a\\',\\'port\\':80}':{'.':{},'f:name':{},'f:v':{}}}}
        {'keyed':[{'port':1},{'port':1}]}    | {'f:keyed':{'k:{\\'port\\':1}':{}}}
        """)
    void fieldsOfAnAppliedValue(String value, String fields) {
        assertThat(TypedFields.applied(TestSchemas.json(value), SCHEMA).toWire().toString())
                .isEqualTo(TestSchemas.json(fields).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'n':1}                   | {'n':2}                   | {}             | {'f:n':{}} | {}
        {'n':1}                   | {'n':1.0}                 | {}             | {}         | {}
        {}                        | {'m':{'a':'1'}}           | {}             | {}         | {'f:m':{'.':{},'f:a':{}}}
        {'m':null}                | {'m':{'a':'1'}}           | {}             | {}         | {'f:m':{'f:a':{}}}
        {'m':null}                | {'m':{}}                  | {}             | {'f:m':{}} | {}
        {'m':{'a':'1'}}           | {'m':{}}                  | {'f:m':{'f:a':{}}} | {}     | {}
        {'m':{'a':'1'}}           | {}                        | {'f:m':{'.':{},'f:a':{}}} | {} | {}
        {'am':{'a':'1'}}          | {'am':{'a':'2','b':'1'}}  | {}             | {'f:am':{}} | {}
        {'set':['a','b']}         | {'set':['b','c']}         | {'f:set':{'v:\\'a\\'':{}}} | {} | {'f:set':{'v:\\'c\\'':{}}}
        {'set':['a','b']}         | {'set':['b','a']}         | {}             | {}         | {}
        {'list':['a','b']}        | {'list':['b','a']}        | {}             | {'f:list':{}} | {}
        {'keyed':[{'port':1,'v':'1'}]} | {'keyed':[{'port':1,'v':'2'}]} | {}  | {'f:keyed':{'k:{\\'port\\':1}':{'f:v':{}}}} | {}
        {'keyed':[{'name':'a'}]}  | {'keyed':[{'name':'a','port':80}]} | {}    | {}         | {'f:keyed':{'k:{\\'name\\':\\'a\\',\\'port\\':80}':{'f:port':{}}}}
        {'keyed':[{'port':1},{'port':1}]} | {'keyed':[{'port':1}]} | {'f:keyed':{'k:{\\'port\\':1}':{}}} | {} | {'f:keyed':{'k:{\\'port\\':1}':{'.':{},'f:port':{}}}}
        {'keyed':[{'port':1},{'port':1}]} | {'keyed':[{'port':1},{'port':1,'v':'2'}]} | {} | {'f:keyed':{'k:{\\'port\\':1}':{}}} | {}
        {'any':{'a':1}}           | {'any':5}                 | {'f:any':{'f:a':{}}} | {'f:any':{}} | {}
        {'any':5}                 | {'any':{'a':1}}           | {}             | {'f:any':{}} | {'f:any':{'f:a':{}}}
        {'any':[1]}               | {'any':[2]}               | {}             | {'f:any':{}} | {}
        """)
    void changesBetweenTwoValues(String before, String after, String removed, String modified, String added) {
        TypedCompare.Changes changes = TypedCompare.compare(TestSchemas.json(before), TestSchemas.json(after), SCHEMA);
        assertThat(changes.removed().toWire()).as("removed").isEqualTo(TestSchemas.json(removed));
        assertThat(changes.modified().toWire()).as("modified").isEqualTo(TestSchemas.json(modified));
        assertThat(changes.added().toWire()).as("added").isEqualTo(TestSchemas.json(added));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'n':1,'s':'a'}          | {'n':2}                  | {'n':2,'s':'a'}
        {'m':{'a':'1','b':'1'}}  | {'m':{'b':'2','c':'3'}}  | {'m':{'a':'1','b':'2','c':'3'}}
        {'m':{'a':'1'}}          | {'m':null}               | {'m':{'a':'1'}}
        {'m':{}}                 | {'m':null}               | {'m':null}
        {'am':{'a':'1'}}         | {'am':{'b':'2'}}         | {'am':{'b':'2'}}
        {'list':['a']}           | {'list':['b']}           | {'list':['b']}
        {'set':['a','b']}        | {'set':['c','a']}        | {'set':['c','a','b']}
        {'set':['a','b','c']}    | {'set':['c','a']}        | {'set':['b','c','a']}
        {'set':['a','b','c','d']}| {'set':['x','b','y','d']}| {'set':['a','x','b','c','y','d']}
        {'any':{'a':1}}          | {'any':{'b':[1]}}        | {'any':{'a':1,'b':[1]}}
        {'any':{'a':1}}          | {'any':'s'}              | {'any':'s'}
        {'any':'s'}              | {'any':{'a':1}}          | {'any':{'a':1}}
        {'keyed':[{'name':'a','port':80,'v':'1'},{'name':'b'}]} | {'keyed':[{'name':'a','v':'2'}]} | {'keyed':[{'name':'a','port':80,'v':'2'},{'name':'b'}]}
        {'keyed':[{'port':1,'v':'1'},{'port':1,'v':'2'}]} | {'keyed':[{'port':1,'v':'3'}]} | {'keyed':[{'port':1,'v':'3'}]}
        """)
    void mergesAnAppliedValue(String live, String applied, String merged) {
        assertThat(ApplyMerge.merge(TestSchemas.json(live), TestSchemas.json(applied), SCHEMA))
                .isEqualTo(TestSchemas.json(merged));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'n':'x'}              | .n: expected numeric (int or float), got string
        {'s':5}                | .s: expected string, got &value.valueUnstructured{Value:5}
        {'s':{'a':['b',null]}} | .s: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":[]interface {}{"b", interface {}(nil)}}}
        {'b':'x'}              | .b: expected boolean, got &{x}
        {'m':'x'}              | .m: expected map, got &{x}
        {'m':[1,'a']}          | .m: expected map, got &{[1 a]}
        {'list':{'a':1.5}}     | .list: expected list, got &{map[a:1.5]}
        {'list':['a',5]}       | .list[1]: expected string, got &value.valueUnstructured{Value:5}
        {'zz':1}               | .zz: field not declared in schema
        {'o':{'zz':1}}         | .o.zz: field not declared in schema
        {'set':['a','a']}      | .set: duplicate entries for key [="a"]
        {'set':[{}]}           | .set: element 0: associative list without keys has an element that's a map type
        {'set':[null]}         | .set: element 0: associative list without keys has an element that's an explicit null
        {'keyed':[null]}       | .keyed: element 0: associative list with keys may not have a null element
        {'keyed':[{'name':'a'},{'name':'a','port':80}]} | .keyed: duplicate entries for key [name="a",port=80]
        {'keyed':[{'name':'a','v':true}]} | .keyed[name="a",port=80].v: expected string, got &value.valueUnstructured{Value:true}
        """)
    void tellsWhatDoesNotFit(String value, String problem) {
        assertThat(TypedCheck.problem(TestSchemas.json(value), SCHEMA)).isEqualTo(problem);
    }

    @Test
    void putsSeveralProblemsIntoLines() {
        assertThat(TypedCheck.problem(TestSchemas.json("{'n':'x','s':null,'b':1}"), SCHEMA))
                .isEqualTo(
                        "errors:\n  .n: expected numeric (int or float), got string\n  .b: expected boolean, got &{1}");
    }

    @RepeatedTest(3)
    void lawsOfComparing() {
        Random random = seeded();
        for (int i = 0; i < 300; i++) {
            ObjectValue a = value(random);
            ObjectValue b = value(random);
            TypedCompare.Changes forth = TypedCompare.compare(a, b, SCHEMA);
            TypedCompare.Changes back = TypedCompare.compare(b, a, SCHEMA);
            assertThat(forth.removed()).as("%s %s", a, b).isEqualTo(back.added());
            assertThat(forth.added()).isEqualTo(back.removed());
            assertThat(forth.modified()).isEqualTo(back.modified());
            assertThat(forth.removed().intersection(forth.modified()).isEmpty()).isTrue();
            assertThat(TypedCompare.compare(a, copy(a), SCHEMA).isEmpty()).isTrue();
            FieldSet all = TypedFields.below(b, SCHEMA);
            assertThat(forth.written().difference(all).isEmpty())
                    .as("%s %s", a, b)
                    .isTrue();
        }
    }

    @RepeatedTest(3)
    void lawsOfMerging() {
        Random random = seeded();
        for (int i = 0; i < 300; i++) {
            ObjectValue live = value(random);
            ObjectValue applied = value(random);
            Value merged = ApplyMerge.merge(live, applied, SCHEMA);
            assertThat(ApplyMerge.merge(merged, applied, SCHEMA))
                    .as("%s + %s", live, applied)
                    .isSameAs(merged);
            assertThat(ApplyMerge.merge(live, copy(live), SCHEMA)).isSameAs(live);
            TypedCompare.Changes changes = TypedCompare.compare(live, merged, SCHEMA);
            // only a deduced object that gives way to another type takes its members along
            assertThat(changes.removed().recursiveDifference(FieldSet.of("any")).isEmpty())
                    .as("%s + %s = %s", live, applied, merged)
                    .isTrue();
            // what was applied is what is there now
            FieldSet wanted = TypedFields.applied(applied, SCHEMA);
            assertThat(TypedCompare.compare(applied, merged, SCHEMA).modified().isEmpty())
                    .isTrue();
            FieldSet there = TypedFields.below(merged, SCHEMA);
            assertThat(wanted.leaves().difference(there).isEmpty())
                    .as("%s in %s", wanted, merged)
                    .isTrue();
        }
    }

    @RepeatedTest(2)
    void removingEverythingLeavesNothing() {
        Random random = seeded();
        for (int i = 0; i < 200; i++) {
            ObjectValue value = value(random);
            FieldSet all = TypedFields.below(value, SCHEMA);
            if (!value.isEmpty()) {
                assertThat(TypedRemoval.remove(value, all, SCHEMA).isNull()).isTrue();
            }
            assertThat(TypedRemoval.remove(value, FieldSet.EMPTY, SCHEMA)).isSameAs(value);
        }
    }

    private static Random seeded() {
        long seed = Long.getLong("walks.seed", System.nanoTime());
        System.out.println("walks.seed=" + seed);
        return new Random(seed);
    }

    private static Value copy(Value value) {
        return TestSchemas.json("{'v':" + value + "}").get("v");
    }

    private static ObjectValue value(Random random) {
        ObjectEditor out = ObjectValue.builder();
        maybe(random, out, "n", Value.of(random.nextInt(2)));
        maybe(random, out, "s", Value.of("s" + random.nextInt(2)));
        maybe(random, out, "m", map(random));
        maybe(random, out, "am", map(random));
        maybe(random, out, "any", random.nextInt(3) == 0 ? Value.of(random.nextInt(2)) : map(random));
        maybe(random, out, "set", texts(random, true));
        maybe(random, out, "list", texts(random, false));
        maybe(random, out, "keyed", keyed(random));
        return out.build();
    }

    private static void maybe(Random random, ObjectEditor out, String name, Value value) {
        if (random.nextInt(3) > 0) {
            out.put(name, value);
        }
    }

    private static ObjectValue map(Random random) {
        ObjectEditor out = ObjectValue.builder().put("z", "1");
        for (int i = 0; i < 3; i++) {
            maybe(random, out, "k" + i, Value.of("v" + random.nextInt(2)));
        }
        return out.build();
    }

    private static ArrayValue texts(Random random, boolean once) {
        List<String> out = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String text = "t" + random.nextInt(4);
            if (!once || !out.contains(text)) {
                out.add(text);
            }
        }
        return ArrayValue.ofStrings(out);
    }

    private static ArrayValue keyed(Random random) {
        List<Value> out = new ArrayList<>();
        List<Integer> ports = new ArrayList<>(List.of(1, 2, 80, 81));
        Collections.shuffle(ports, random);
        for (int port : ports.subList(0, random.nextInt(4))) {
            ObjectEditor item = ObjectValue.builder().put("name", "n");
            if (port != 80) {
                item.put("port", port);
            }
            maybe(random, item, "v", Value.of("v" + random.nextInt(2)));
            maybe(random, item, "o", ObjectValue.of("x", Value.of("x" + random.nextInt(2))));
            out.add(item.build());
        }
        return ArrayValue.of(out);
    }
}
