// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * CustomResourceDefinitions that others published: each is installed and served, takes a valid object, refuses an invalid one,
 * and loses nothing. Not part of the usual build: {@code tools/crds FOLDER} fetches some, and
 * {@code -Dapiserver4j.crds=FOLDER} has this run.
 */
@EnabledIfSystemProperty(named = "apiserver4j.crds", matches = ".+")
class PublishedDefinitionsTest {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    /** Some kinds take no other name than the second. */
    private static final List<String> NAMES = List.of("sample", "default");

    private final ApiServer server = ApiServer.builder().build();
    private final List<String> problems = new ArrayList<>();
    private int valid;
    private int rich;
    private int refused;

    private record Answer(int code, ObjectValue body) {}

    private Answer send(String method, String path, ObjectValue body) {
        ApiResponse answer = server.handle(
                ApiRequest.of(method, path, Headers.of("Content-Type", "application/json"), JsonWriter.toBytes(body)));
        byte[] bytes = ((ApiResponse.Complete) answer).body();
        return new Answer(
                answer.code(), bytes.length > 0 && bytes[0] == '{' ? JsonReader.readObject(bytes) : ObjectValue.EMPTY);
    }

    @Test
    void eachIsServed() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("apiserver4j.crds")))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            check(file.getFileName().toString(), JsonReader.readObject(Files.readAllBytes(file)));
        }
        server.close();
        System.out.println(files.size() + " definitions, " + valid + " took a valid object (" + rich
                + " fields beyond the required ones), " + refused + " refused an invalid one");
        assertThat(problems).isEmpty();
        assertThat(valid).isPositive();
    }

    private void check(String file, ObjectValue definition) throws InterruptedException {
        String name = definition.objectOrEmpty("metadata").stringOrEmpty("name");
        Answer made = send("POST", DEFINITIONS, definition);
        if (made.code != 201) {
            problems.add(file + ": " + made.body.stringOrEmpty("message"));
            return;
        }
        Answer now = send("GET", DEFINITIONS + "/" + name, ObjectValue.EMPTY);
        for (int i = 0; i < 2000 && !isEstablished(now.body); i++) {
            Thread.sleep(2);
            now = send("GET", DEFINITIONS + "/" + name, ObjectValue.EMPTY);
        }
        for (ObjectValue version :
                definition.objectOrEmpty("spec").arrayOrEmpty("versions").objects()) {
            if (version.isTrue("served")) {
                objects(file + " " + version.stringOrEmpty("name"), definition, version);
            }
        }
        send("DELETE", DEFINITIONS + "/" + name, ObjectValue.EMPTY);
        for (int i = 0; i < 2000 && send("GET", DEFINITIONS + "/" + name, ObjectValue.EMPTY).code == 200; i++) {
            Thread.sleep(2);
        }
    }

    private static boolean isEstablished(ObjectValue definition) {
        return definition.objectOrEmpty("status").arrayOrEmpty("conditions").objects().stream()
                .anyMatch(one -> one.stringOrEmpty("type").equals("Established")
                        && one.stringOrEmpty("status").equals("True"));
    }

    private void objects(String label, ObjectValue definition, ObjectValue version) {
        ObjectValue spec = definition.objectOrEmpty("spec");
        String group = spec.stringOrEmpty("group");
        ObjectValue names = spec.objectOrEmpty("names");
        String collection = "/apis/" + group + "/" + version.stringOrEmpty("name")
                + (spec.stringOrEmpty("scope").equals("Namespaced") ? "/namespaces/default/" : "/")
                + names.stringOrEmpty("plural");
        ObjectValue schema = version.objectOrEmpty("schema").objectOrEmpty("openAPIV3Schema");
        ObjectValue sample = SampleObjects.object(schema, 0);
        ObjectValue least = ObjectValue.EMPTY;
        Answer made = new Answer(0, least);
        String name = "";
        for (String tried : NAMES) {
            if (made.code != 201) {
                name = tried;
                ObjectValue head = ObjectValue.builder()
                        .put("apiVersion", group + "/" + version.stringOrEmpty("name"))
                        .put("kind", names.stringOrEmpty("kind"))
                        .put("metadata", ObjectValue.of("name", Value.of(name)))
                        .build();
                least = with(head, sample == null ? ObjectValue.EMPTY : sample);
                made = send("POST", collection + "?dryRun=All", least);
            }
        }
        if (made.code != 201) {
            problems.add(label + ": no valid object found: " + made.body.stringOrEmpty("message"));
            return;
        }
        ObjectValue more = enriched(least, schema, collection);
        made = send("POST", collection, more);
        if (made.code != 201) {
            problems.add(label + ": " + made.body.stringOrEmpty("message"));
            return;
        }
        valid++;
        Answer read = send("GET", collection + "/" + name, ObjectValue.EMPTY);
        if (version.isTrue(
                "storage")) { // other versions lose what the stored one does not know, here as with the real server
            lost(label, "", more.without("metadata").without("status"), read.body);
        }
        Answer again = send("PUT", collection + "/" + name, read.body);
        if (again.code != 200 || !again.body.equals(read.body)) {
            problems.add(label + ": what was read is not taken back: " + again.body.stringOrEmpty("message"));
        }
        send("DELETE", collection + "/" + name, ObjectValue.EMPTY);
        invalid(label, schema, least, collection);
    }

    /** All fields of the spec that the server takes, each with all that is in it, else with what it needs. */
    private ObjectValue enriched(ObjectValue least, ObjectValue schema, String collection) {
        ObjectValue properties = schema.objectAt("properties", "spec", "properties");
        ObjectValue out = least;
        for (ObjectValue.Member property : properties) {
            ObjectValue inner = property.value().asObject();
            for (int depth : new int[] {4, 1, 0}) {
                Value value = inner == null ? null : SampleObjects.of(inner, depth);
                if (value == null) {
                    continue;
                }
                ObjectValue tried = out.with("spec", out.objectOrEmpty("spec").with(property.key(), value));
                if (send("POST", collection + "?dryRun=All", tried).code == 201) {
                    out = tried;
                    rich++;
                    break;
                }
            }
        }
        return out;
    }

    private void invalid(String label, ObjectValue schema, ObjectValue least, String collection) {
        for (ObjectValue.Member property : schema.objectOrEmpty("properties")) {
            ObjectValue inner = property.value().asObject();
            String type = inner == null ? "" : inner.stringOrEmpty("type");
            if (type.isEmpty()
                    || List.of("apiVersion", "kind", "metadata", "status").contains(property.key())) {
                continue;
            }
            Value wrong = type.equals("string") ? Value.of(7) : Value.of("wrong");
            Answer answer = send("POST", collection, least.with(property.key(), wrong));
            if (answer.code == 422) {
                refused++;
            } else {
                problems.add(label + ": took a wrong " + property.key() + ": " + answer.code);
            }
            return;
        }
    }

    private static ObjectValue with(ObjectValue head, ObjectValue more) {
        ObjectEditor out = ObjectValue.builder();
        head.forEach(member -> out.put(member.key(), member.value()));
        more.forEach(member -> {
            if (!head.has(member.key())) {
                out.put(member.key(), member.value());
            }
        });
        return out.build();
    }

    private void lost(String label, String path, Value sent, Value read) {
        ObjectValue object = sent.asObject();
        ArrayValue array = sent.asArray();
        ObjectValue other = read.asObject();
        ArrayValue items = read.asArray();
        if (object != null && other != null) {
            for (ObjectValue.Member member : object) {
                Value found = other.get(member.key());
                if (found == null) {
                    problems.add(label + ": lost " + path + "." + member.key());
                } else {
                    lost(label, path + "." + member.key(), member.value(), found);
                }
            }
        } else if (array != null && items != null && items.size() == array.size()) {
            for (int i = 0; i < array.size(); i++) {
                lost(label, path + "[" + i + "]", array.get(i), items.get(i));
            }
        } else if (!sent.equals(read)) {
            problems.add(label + ": changed " + path + ": " + sent + " became " + read);
        }
    }
}
