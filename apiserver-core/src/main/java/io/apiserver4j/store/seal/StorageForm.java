// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import io.apiserver4j.codec.Codecs;
import io.apiserver4j.codec.DecodeException;
import io.apiserver4j.codec.ProtobufCodec;
import io.apiserver4j.codec.ProtobufEnvelope;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one resource lie in the store, as kube-apiserver would have written them: built-in kinds as protobuf
 * in an envelope or as a line of JSON, custom kinds as a line of JSON, either one sealed where an encryption says so.
 * Whatever form an object has is read.
 */
public final class StorageForm {
    private static final byte[] REVISION = "\"resourceVersion\":".getBytes(StandardCharsets.US_ASCII);

    private final ResourceDefinition definition;
    private final Kind stored;
    private final boolean protobuf;
    private final @Nullable Defaulter defaulter;
    private final Supplier<Sealer> sealer;
    private final byte[] head;

    /**
     * The form of a definition; {@code protobuf} and the defaulter are of no consequence for custom kinds.
     *
     * @param defaulter fills what was left to defaults when an object is read
     */
    public StorageForm(
            ResourceDefinition definition,
            boolean protobuf,
            @Nullable Defaulter defaulter,
            @Nullable Encryption encryption) {
        this.definition = definition;
        this.protobuf = protobuf && !definition.custom();
        this.defaulter = defaulter;
        this.sealer = encryption == null
                ? () -> Sealer.IDENTITY
                : () -> encryption.sealer(
                        definition.plural(), definition.storage().group());
        stored = new GroupVersion(
                        definition.storage().group(), definition.storage().version())
                .kind(definition.kind());
        head = ("{\"kind\":\"" + stored.kind() + "\",\"apiVersion\":\"" + stored.apiVersion() + "\",\"metadata\":{")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What is to be stored.
     *
     * @param json the object's JSON, without resourceVersion
     * @param tree the same object; what it says of resourceVersion is left out
     */
    public byte[] close(String key, byte[] json, ObjectValue tree) {
        byte[] plain;
        if (protobuf) {
            plain = ProtobufCodec.encode(bare(tree), schema(stored));
        } else {
            plain = Arrays.copyOf(json, json.length + 1);
            plain[json.length] = '\n';
        }
        return sealer.get().seal(key, plain);
    }

    /**
     * What lies in the store, as JSON in the version that is stored now, without resourceVersion.
     *
     * @throws SealException where it can't be read
     */
    public Opened open(String key, byte[] bytes) {
        Opened opened = sealer.get().open(key, bytes);
        byte[] plain = opened.bytes();
        try {
            if (ProtobufEnvelope.hasPrefix(plain)) {
                return new Opened(fromProtobuf(plain), opened.stale() || !protobuf);
            }
            return new Opened(fromJson(plain), opened.stale() || protobuf);
        } catch (DecodeException | JsonSyntaxException e) {
            throw new SealException(String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] fromProtobuf(byte[] plain) {
        ProtobufEnvelope envelope = ProtobufEnvelope.read(plain);
        Kind kind = known(envelope.kind());
        Schema schema = schema(kind);
        ObjectValue tree = defaulted(Codecs.builtin().protobuf().decode(envelope, schema, kind), schema);
        return JsonWriter.toBytes(bare(inStoredVersion(tree, kind)));
    }

    private byte[] fromJson(byte[] plain) {
        int end = plain.length;
        while (end > 0 && plain[end - 1] <= ' ') {
            end--;
        }
        byte[] json = end == plain.length ? plain : Arrays.copyOf(plain, end);
        if (definition.custom() || PrefixedSealers.begins(json, head, 0)) {
            return mayTellRevision(json) ? JsonWriter.toBytes(bare(JsonReader.readObject(json))) : json;
        }
        ObjectValue tree = JsonReader.readObject(json);
        Kind kind = known(GroupVersion.parse(tree.stringOrEmpty("apiVersion")).kind(tree.stringOrEmpty("kind")));
        Schema schema = schema(kind);
        ObjectValue typed =
                defaulted(ProtobufCodec.typed(TypedReader.read(schema, tree, new DecodeFindings()), kind), schema);
        return JsonWriter.toBytes(bare(inStoredVersion(typed, kind)));
    }

    /** No server writes a resourceVersion, but people who put objects there by hand may. */
    private static boolean mayTellRevision(byte[] json) {
        for (int at = 0; at + REVISION.length <= json.length; at++) {
            if (json[at] == '"' && PrefixedSealers.begins(json, REVISION, at)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectValue bare(ObjectValue tree) {
        ObjectValue metadata = tree.objectOrEmpty("metadata");
        return metadata.has("resourceVersion") ? tree.with("metadata", metadata.without("resourceVersion")) : tree;
    }

    private ObjectValue inStoredVersion(ObjectValue tree, Kind kind) {
        if (kind.equals(stored)) {
            return tree;
        }
        VersionDefinition version = definition.version(kind.version());
        if (version == null || !version.kind().equals(kind)) {
            throw notRegistered(kind);
        }
        return version.toStorage().apply(tree);
    }

    /**
     * The kind that an object is read as. kube-apiserver stores some kinds in a version that it does not serve (
     * PodCertificateRequest in v1beta1); the fields of such a version are those of the one that is served.
     */
    private Kind known(Kind kind) {
        boolean sibling = kind.group().equals(stored.group()) && kind.kind().equals(stored.kind());
        return sibling && SchemaFacts.builtin().kind(kind) == null ? stored : kind;
    }

    private ObjectValue defaulted(ObjectValue tree, Schema schema) {
        return defaulter == null ? tree : defaulter.apply(schema, tree);
    }

    private static Schema schema(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw notRegistered(kind);
        }
        return schema;
    }

    private static SealException notRegistered(Kind kind) {
        return new SealException("no kind \"" + kind.kind() + "\" is registered for version \"" + kind.apiVersion()
                + "\" in scheme \"pkg/runtime/scheme.go:111\"");
    }
}
