// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.Codecs;
import io.apiserver4j.codec.FieldValidation;
import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.Negotiation;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.value.ObjectValue;

/** Bodies to objects with their defaults. Step 11 of the corridor. */
final class BodyReader {
    private final Defaulter defaulter;

    BodyReader(Defaulter defaulter) {
        this.defaulter = defaulter;
    }

    /** The body of a write of the call's kind; findings become warnings or end the request as {@code validation} says. */
    ObjectValue object(ResourceCall call, String validation) {
        return read(call, reader(call), validation);
    }

    /** The body, read as a built-in kind. */
    ObjectValue read(ResourceCall call, Kind kind, String validation) {
        return read(call, new KindReader.Typed(kind, defaulter), validation);
    }

    private static ObjectValue read(ResourceCall call, KindReader reader, String validation) {
        ApiRequest request = call.request();
        MediaType type = Negotiation.input(request.headers().firstOrEmpty("Content-Type"));
        ObjectValue read = reader.body(
                request.readBody(),
                type,
                FieldValidation.of(validation),
                call.call().notes()::warn);
        call.call().notes().requestObject(read);
        return read;
    }

    /** How documents become objects of what a call's path takes. */
    KindReader reader(ResourceCall call) {
        return KindReader.of(call, defaulter);
    }

    /** An object with its defaults. */
    ObjectValue defaulted(Schema schema, ObjectValue object) {
        return defaulter.apply(schema, object);
    }

    static Schema schema(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw new IllegalStateException("no facts of " + kind);
        }
        return schema;
    }

    /** The options of a deletion: the body's, or the query's where there is none. */
    DeleteOptions deleteOptions(ResourceCall call) {
        ApiRequest request = call.request();
        if (request.readBody().length == 0) {
            return DeleteOptions.ofQuery(request.query());
        }
        MediaType type = Negotiation.input(request.headers().firstOrEmpty("Content-Type"));
        ObjectValue options = Codecs.builtin()
                .decodeOptions(request.readBody(), type, "DeleteOptions", new GroupVersion("meta.k8s.io", "v1"));
        return DeleteOptions.ofBody(options, request.query());
    }
}
