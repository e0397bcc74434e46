// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.Encoder;
import io.apiserver4j.codec.Form;
import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.Negotiation;
import io.apiserver4j.codec.Offer;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.resource.CustomForm;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.store.ObjectPage;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.table.ColumnSet;
import io.apiserver4j.table.IncludeObject;
import io.apiserver4j.table.MetadataOnly;
import io.apiserver4j.table.TablePresenter;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows objects: in the version, form and media type that the client asked for. Objects in their stored form are written as
 * bytes, without a tree. Step 19 of the corridor.
 */
public final class Presenter {
    private static final int STREAM_FROM = 256 << 10;
    private static final ByteBuffer NEWLINE = ByteBuffer.wrap(new byte[] {'\n'}).asReadOnlyBuffer();

    private final InstantSource clock;
    private final Encoder encoder = new Encoder(SchemaFacts.builtin()::kind);

    /** A presenter that counts ages to this clock's time. */
    public Presenter(InstantSource clock) {
        this.clock = clock;
    }

    private static Offer offer(ResourceCall call) {
        return call.definition().custom() ? Offer.CUSTOM : Offer.BUILT_IN;
    }

    /** The format of an answer of one object; 406 where nothing accepted is on offer. */
    OutputFormat negotiate(ResourceCall call) {
        return negotiate(call.request(), offer(call));
    }

    /** The format of an answer for any offer. */
    static OutputFormat negotiate(ApiRequest request, Offer offer) {
        return Negotiation.output(
                request.headers().firstOrEmpty("Accept"),
                request.query().first("pretty"),
                request.headers().firstOrEmpty("User-Agent"),
                offer);
    }

    /** The format of a list. */
    OutputFormat negotiateList(ResourceCall call) {
        return negotiate(call);
    }

    /** The format of a watch; 406 where nothing accepted can be streamed. */
    OutputFormat negotiateWatch(ResourceCall call) {
        return Negotiation.stream(call.request().headers().firstOrEmpty("Accept"), offer(call));
    }

    /** An answer of a kept object. */
    ApiResponse stored(ResourceCall call, StoredObject object, OutputFormat format) {
        return stored(call, object, format, 200);
    }

    /** An answer of a written object: 201 where it is new. */
    ApiResponse written(ResourceCall call, Written written, OutputFormat format) {
        int code = written.created() ? 201 : 200;
        StoredObject kept = written.kept();
        return kept != null && isStoredForm(call, format)
                ? stored(call, kept, format, code)
                : object(call, ObjectWriter.inClientVersion(call, written.object()), format, code);
    }

    private ApiResponse stored(ResourceCall call, StoredObject object, OutputFormat format, int code) {
        if (isStoredForm(call, format)) {
            List<ByteBuffer> parts = new ArrayList<>(object.jsonParts());
            parts.add(NEWLINE);
            return new ApiResponse.Complete(code, JSON_HEADERS, parts);
        }
        return object(call, ObjectWriter.inClientVersion(call, object.tree()), format, code);
    }

    private static final Headers JSON_HEADERS = Headers.of("Content-Type", "application/json");

    private static boolean isStoredForm(ResourceCall call, OutputFormat format) {
        return call.version().identity()
                && format.mediaType() == MediaType.JSON
                && format.as() == null
                && !format.pretty();
    }

    /** An answer of a tree in the client's version. */
    ApiResponse object(ResourceCall call, ObjectValue object, OutputFormat format, int code) {
        return document(shown(call, object, format), format, code);
    }

    private ObjectValue shown(ResourceCall call, ObjectValue object, OutputFormat format) {
        switch (format.form()) {
            case TABLE -> {
                return table(call, format).single(object);
            }
            case PARTIAL_METADATA -> {
                return MetadataOnly.of(object, metaVersion(format));
            }
            case PARTIAL_METADATA_LIST ->
                throw Status.notAcceptable(
                                "you requested PartialObjectMetadataList, but the requested object is not a list ("
                                        + goType(
                                                call.definition(),
                                                call.definition().kind()) + ")")
                        .asException();
            default -> {
                return object;
            }
        }
    }

    private TablePresenter table(ResourceCall call, OutputFormat format) {
        ResourceDefinition definition = call.definition();
        CustomForm form = call.version().form();
        boolean scale =
                call.subresource() != null && call.subresource().kind().kind().equals("Scale");
        ColumnSet columns;
        if (form != null) {
            columns = scale ? ColumnSet.customScale() : ColumnSet.custom(form.columns());
        } else {
            columns = scale
                    ? ColumnSet.scale()
                    : ColumnSet.builtIn(definition.group(), call.version().version(), definition.plural());
        }
        return new TablePresenter(
                columns,
                IncludeObject.parse(call.request().query().first("includeObject")),
                metaVersion(format),
                clock.instant());
    }

    private static String metaVersion(OutputFormat format) {
        Kind as = format.as();
        return as == null ? "v1" : as.version();
    }

    /** The name of the Go type that messages quote. */
    private static String goType(ResourceDefinition definition, String kind) {
        if (definition.custom()) {
            return kind.endsWith("List") ? "*unstructured.UnstructuredList" : "*unstructured.Unstructured";
        }
        String group = definition.group();
        String first = group.indexOf('.') < 0 ? group : group.substring(0, group.indexOf('.'));
        String goPackage = group.isEmpty() || first.equals("events") ? "core" : first;
        return "*" + goPackage + "." + kind;
    }

    /** An answer of a document as it is. */
    public ApiResponse document(ObjectValue document, OutputFormat format, int code) {
        byte[] body = encoder.encode(document, format);
        return ApiResponse.Complete.of(
                code, Headers.of("Content-Type", format.mediaType().text()), body);
    }

    /** An answer of a Status that is no failure. */
    ApiResponse status(ResourceCall call, Status status, OutputFormat format) {
        return document(status.toObject(), format.plain(), status.code());
    }

    /** An answer of many objects. */
    ApiResponse list(ResourceCall call, ObjectPage page, String continueToken, OutputFormat format) {
        if (format.form() == Form.PARTIAL_METADATA) {
            throw Status.notAcceptable("you requested PartialObjectMetadata, but the requested object is a list ("
                            + goType(call.definition(), call.definition().listKind()) + ")")
                    .asException();
        }
        boolean custom = call.definition().custom();
        ObjectValue metadata = listMetadata(page, continueToken, custom && format.form() == Form.OBJECT);
        if (isStoredForm(call, format)) {
            return storedList(call, page, metadata);
        }
        List<ObjectValue> objects = new ArrayList<>(page.objects().size());
        for (StoredObject object : page.objects()) {
            objects.add(object.tree());
        }
        return document(listDocument(call, call.version().allFromStorage(objects), metadata, format), format, 200);
    }

    /** An answer of objects that are kept nowhere, in the version that the client speaks. */
    ApiResponse unstored(ResourceCall call, List<ObjectValue> objects, OutputFormat format) {
        return document(listDocument(call, objects, ObjectValue.EMPTY, format), format, 200);
    }

    private ObjectValue listDocument(
            ResourceCall call, List<ObjectValue> objects, ObjectValue metadata, OutputFormat format) {
        if (format.form() == Form.TABLE) {
            return table(call, format).list(objects, metadata);
        }
        if (format.form() == Form.PARTIAL_METADATA_LIST) {
            ObjectValue list = MetadataOnly.listOf(objects, metadata, metaVersion(format));
            return objects.isEmpty() ? list.with("items", Value.nul()) : list;
        }
        boolean bare = !call.definition().custom();
        List<Value> items = new ArrayList<>(objects.size());
        for (ObjectValue object : objects) {
            items.add(bare ? object.without("kind").without("apiVersion") : object);
        }
        ObjectValue list = ObjectValue.builder()
                .put("kind", call.definition().listKind())
                .put("apiVersion", call.version().kind().apiVersion())
                .put("metadata", metadata)
                .put("items", ArrayValue.of(items))
                .build();
        return bare ? list : list.sorted();
    }

    /** Lists of custom kinds say that nothing follows, and have everything by the alphabet. */
    private static ObjectValue listMetadata(ObjectPage page, String continueToken, boolean custom) {
        ObjectEditor out = ObjectValue.builder().put("resourceVersion", Long.toString(page.revision()));
        if (custom || !continueToken.isEmpty()) {
            out.put("continue", continueToken);
        }
        Long remaining = page.remaining();
        if (remaining != null) {
            out.put("remainingItemCount", remaining);
        }
        return custom ? out.build().sorted() : out.build();
    }

    private static ApiResponse storedList(ResourceCall call, ObjectPage page, ObjectValue metadata) {
        boolean custom = call.definition().custom();
        String kind = "\"kind\":\"" + call.definition().listKind() + "\"";
        String apiVersion = "\"apiVersion\":\"" + call.version().kind().apiVersion() + "\"";
        byte[] head = (custom
                        ? "{" + apiVersion + ",\"items\":["
                        : "{" + kind + "," + apiVersion + ",\"metadata\":" + metadata + ",\"items\":[")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail =
                (custom ? "]," + kind + ",\"metadata\":" + metadata + "}\n" : "]}\n").getBytes(StandardCharsets.UTF_8);
        int skip = custom ? 0 : typeLength(call);
        long size = 0;
        for (StoredObject object : page.objects()) {
            size += object.bytes().length;
        }
        if (size < STREAM_FROM) {
            return new ApiResponse.Complete(
                    200, JSON_HEADERS, List.of(ListStream.whole(head, page.objects(), skip, tail)));
        }
        return new ApiResponse.Streaming(200, JSON_HEADERS, new ListStream(head, page.objects(), skip, tail), false);
    }

    /** Length of the text {@code "kind":"…","apiVersion":"…",} that stored objects begin with behind their brace. */
    private static int typeLength(ResourceCall call) {
        return ("\"kind\":\"" + call.definition().kind() + "\",\"apiVersion\":\""
                        + call.version().kind().apiVersion() + "\",")
                .length();
    }

    /** The frames of a watch. */
    FrameEncoder frames(ResourceCall call, OutputFormat format) {
        if (isStoredForm(call, format)) {
            return new StoredFrames(bookmarkOf(call));
        }
        Object sharedBy = List.of(
                call.version().kind(),
                format.mediaType(),
                format.form(),
                metaVersion(format),
                call.request().query().firstOrEmpty("includeObject"));
        boolean table = format.form() == Form.TABLE;
        return new TreeFrames(
                encoder, format, table ? new Object() : sharedBy, bookmarkOf(call), new TreeFrames.View() {
                    private boolean first = true;

                    @Override
                    public ObjectValue of(ObjectValue stored) {
                        return ofBookmark(
                                call.version().allFromStorage(List.of(stored)).get(0));
                    }

                    @Override
                    public ObjectValue ofBookmark(ObjectValue object) {
                        if (table) {
                            ObjectValue shown = table(call, format).event(object, first);
                            first = false;
                            return shown;
                        }
                        return format.form() == Form.OBJECT ? object : MetadataOnly.of(object, metaVersion(format));
                    }
                });
    }

    /** What a bookmark shows: an otherwise empty object of the kind, to which the revision is added. */
    private static ObjectValue bookmarkOf(ResourceCall call) {
        ObjectValue bare = ObjectValue.builder()
                .put("kind", call.definition().kind())
                .put("apiVersion", call.version().kind().apiVersion())
                .put("metadata", ObjectValue.EMPTY)
                .build();
        return call.definition().custom()
                ? bare.sorted()
                : TypedReader.read(call.version().schema(), bare, new DecodeFindings());
    }

    /** An answer that streams a watch. */
    ApiResponse watch(ResourceCall call, WatchStream stream, OutputFormat format) {
        if (WatchSocket.isWanted(call.request())) {
            return WatchSocket.answer(call.request(), stream, format.mediaType() != MediaType.PROTOBUF);
        }
        return new ApiResponse.Streaming(
                200, Headers.of("Content-Type", format.mediaType().watchText()), stream, true);
    }
}
