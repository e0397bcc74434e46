// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.codec.EntriesReset;
import io.apiserver4j.codec.ProtobufCodec;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.CustomForm;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/** Reads objects anew that were changed as documents (by webhooks, by policies): as their kind, with its defaults. */
public final class ChangedObjects {
    private final Defaulter defaulter;

    /** A reader that fills these defaults. */
    public ChangedObjects(Defaulter defaulter) {
        this.defaulter = defaulter;
    }

    /**
     * The object of a changed document.
     *
     * @param request says of what kind it is
     * @throws TypeMismatchException where the document can't be one of the kind
     */
    public ObjectValue read(AdmissionRequest request, Value document) {
        return read(request, document, new DecodeFindings());
    }

    /** The same, with what strict reading finds in objects of built-in kinds. */
    public ObjectValue read(AdmissionRequest request, Value document, DecodeFindings findings) {
        ObjectValue object = document.asObject();
        if (object == null) {
            throw new TypeMismatchException("json: cannot unmarshal " + document.typeName() + " into Go value of type "
                    + request.kind().version() + "." + request.kind().kind());
        }
        VersionDefinition version = request.definition().version(request.version());
        CustomForm form = version == null || !version.kind().equals(request.kind()) ? null : version.form();
        if (form != null) {
            return form.read(object, new DecodeFindings());
        }
        Kind kind = request.kind();
        @Nullable Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            return object;
        }
        ObjectValue read = TypedReader.read(schema, object, findings);
        if (!read.stringOrEmpty("kind").equals(kind.kind())
                || !read.stringOrEmpty("apiVersion").equals(kind.apiVersion())) {
            read = ProtobufCodec.typed(read.without("kind").without("apiVersion"), kind);
        }
        return defaulter.apply(schema, EntriesReset.keep(object, read));
    }
}
