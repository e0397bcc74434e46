// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** The message {@code openapi.v2.Document} of a document of Swagger 2: field numbers are those of its declaration. */
final class DocumentMessage {
    private static final Map<String, Integer> METHODS =
            Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "options", 6, "head", 7, "patch", 8);

    private DocumentMessage() {}

    static byte[] encode(ObjectValue document) {
        MessageWriter out = new MessageWriter();
        out.text(1, document.stringOrEmpty("swagger"));
        ObjectValue info = document.objectOrEmpty("info");
        out.message(2, message -> {
            message.text(1, info.stringOrEmpty("title"));
            message.text(2, info.stringOrEmpty("version"));
        });
        out.message(
                8,
                paths -> document.objectOrEmpty("paths")
                        .forEach(path ->
                                paths.named(2, path.key(), item -> path(SchemaMessage.object(path.value()), item))));
        out.message(9, definitions -> SchemaMessage.schemas(document.objectOrEmpty("definitions"), definitions));
        out.message(
                10,
                parameters -> document.objectOrEmpty("parameters")
                        .forEach(one -> parameters.named(
                                1, one.key(), message -> parameter(SchemaMessage.object(one.value()), message))));
        for (ObjectValue requirement : document.arrayOrEmpty("security").objects()) {
            out.message(
                    12,
                    message -> requirement.forEach(
                            one -> message.named(1, one.key(), texts -> SchemaMessage.texts(1, one.value(), texts))));
        }
        out.message(
                13,
                schemes -> document.objectOrEmpty("securityDefinitions")
                        .forEach(one -> schemes.named(
                                1,
                                one.key(),
                                item -> item.message(2, key -> apiKey(SchemaMessage.object(one.value()), key)))));
        return out.toByteArray();
    }

    private static void apiKey(ObjectValue scheme, MessageWriter out) {
        out.text(1, scheme.stringOrEmpty("type"));
        out.text(2, scheme.stringOrEmpty("name"));
        out.text(3, scheme.stringOrEmpty("in"));
        out.text(4, scheme.stringOrEmpty("description"));
    }

    private static void path(ObjectValue path, MessageWriter out) {
        for (ObjectValue.Member member : path) {
            Integer number = METHODS.get(member.key());
            if (number != null) {
                out.message(number, operation -> operation(SchemaMessage.object(member.value()), operation));
            }
        }
        path.arrayOrEmpty("parameters").objects().forEach(one -> out.message(9, item -> item(one, item)));
    }

    private static void operation(ObjectValue operation, MessageWriter out) {
        operation.arrayOrEmpty("tags").strings().forEach(tag -> out.text(1, tag));
        out.text(3, operation.stringOrEmpty("description"));
        out.text(5, operation.stringOrEmpty("operationId"));
        operation.arrayOrEmpty("produces").strings().forEach(type -> out.text(6, type));
        operation.arrayOrEmpty("consumes").strings().forEach(type -> out.text(7, type));
        operation.arrayOrEmpty("parameters").objects().forEach(one -> out.message(8, item -> item(one, item)));
        out.message(
                9,
                responses -> operation
                        .objectOrEmpty("responses")
                        .forEach(one -> responses.named(
                                1,
                                one.key(),
                                value -> value.message(
                                        1, response -> response(SchemaMessage.object(one.value()), response)))));
        operation.arrayOrEmpty("schemes").strings().forEach(scheme -> out.text(10, scheme));
        for (ObjectValue.Member member : operation) {
            if (member.key().startsWith("x-")) {
                SchemaMessage.extension(13, member.key(), member.value(), out);
            }
        }
    }

    private static void response(ObjectValue response, MessageWriter out) {
        out.text(1, response.stringOrEmpty("description"));
        ObjectValue schema = response.getObject("schema");
        if (schema != null) {
            out.message(2, item -> item.message(1, message -> SchemaMessage.write(schema, message)));
        }
    }

    /** A parameter where it is used: itself, or a reference to a shared one. */
    private static void item(ObjectValue parameter, MessageWriter out) {
        String reference = parameter.getString("$ref");
        if (reference != null) {
            out.message(2, message -> message.text(1, reference));
        } else {
            out.message(1, message -> parameter(parameter, message));
        }
    }

    private static void parameter(ObjectValue parameter, MessageWriter out) {
        switch (parameter.stringOrEmpty("in")) {
            case "body" ->
                out.message(1, body -> {
                    body.text(1, parameter.stringOrEmpty("description"));
                    body.text(2, parameter.stringOrEmpty("name"));
                    body.text(3, "body");
                    body.flag(4, parameter.isTrue("required"));
                    body.message(5, schema -> SchemaMessage.write(parameter.objectOrEmpty("schema"), schema));
                });
            case "path" -> out.message(2, any -> any.message(4, path -> plain(parameter, path, 5, 19)));
            default -> out.message(2, any -> any.message(3, query -> plain(parameter, query, 6, 20)));
        }
    }

    private static void plain(ObjectValue parameter, MessageWriter out, int typeNumber, int uniqueNumber) {
        out.flag(1, parameter.isTrue("required"));
        out.text(2, parameter.stringOrEmpty("in"));
        out.text(3, parameter.stringOrEmpty("description"));
        out.text(4, parameter.stringOrEmpty("name"));
        Value type = parameter.get("type");
        out.text(typeNumber, type == null ? "" : type.asString());
        out.flag(uniqueNumber, parameter.isTrue("uniqueItems"));
    }
}
