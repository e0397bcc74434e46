// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The paths of a group version with their operations, as they follow from the catalog. */
final class Operations {
    private static final List<String> CONNECTED = List.of("get", "post");
    private static final List<String> PROXIED = List.of("get", "post", "put", "delete", "options", "head", "patch");

    private final GroupVersion groupVersion;
    private final String root;
    private final String tag;
    private final Definitions definitions;
    private final CustomSchemas customSchemas;
    private final List<PathItem> out = new ArrayList<>();

    Operations(GroupVersion groupVersion, Definitions definitions, CustomSchemas customSchemas) {
        this.groupVersion = groupVersion;
        this.definitions = definitions;
        this.customSchemas = customSchemas;
        root = groupVersion.group().isEmpty() ? "/api/" + groupVersion.version() : "/apis/" + groupVersion;
        tag = OperationNames.tag(groupVersion.group(), groupVersion.version());
    }

    /** All paths of the group version. */
    List<PathItem> all(Catalog catalog) {
        boolean custom = false;
        for (ResourceDefinition definition : catalog.definitions()) {
            VersionDefinition version = definition.version(groupVersion.version());
            if (definition.group().equals(groupVersion.group()) && version != null) {
                custom |= definition.custom();
                new ResourcePaths(definition, version).add();
            }
        }
        if (!custom) {
            out.add(resourceList());
        }
        return out;
    }

    private PathItem resourceList() {
        return new PathItem(
                root + "/",
                List.of(new Operation(
                        "get",
                        "",
                        id("get", "APIResources"),
                        tag,
                        null,
                        List.of(),
                        null,
                        false,
                        Media.OBJECTS,
                        Map.of(200, definitions.use("meta.APIResourceList")),
                        Media.OBJECTS)));
    }

    private String id(String prefix, String rest) {
        return OperationNames.id(prefix, groupVersion.group(), groupVersion.version(), rest);
    }

    /** The paths of one resource. */
    private final class ResourcePaths {
        private final ResourceDefinition definition;
        private final Kind kind;
        private final String scope;
        private final String object;
        private final String list;
        private final Media media;
        private final List<Parameter> common = new ArrayList<>();

        ResourcePaths(ResourceDefinition definition, VersionDefinition version) {
            this.definition = definition;
            kind = version.kind();
            scope = definition.namespaced() ? "Namespaced" : "";
            media = Media.of(definition);
            if (definition.custom()) {
                object = definitions.use(
                        DefinitionNames.custom(kind), customSchemas.object(definition, version, definitions));
                list = definitions.use(
                        object.substring(0, object.lastIndexOf('.') + 1) + definition.listKind(),
                        customSchemas.list(definition, version, object, definitions));
            } else {
                object = definition.verbs().isEmpty() ? "" : definitions.use(version.schema(), kind);
                list = definition.listKind().isEmpty() ? "" : definitions.use(groupVersion.kind(definition.listKind()));
            }
            common.add(Parameters.PRETTY);
            if (definition.namespaced()) {
                common.add(Parameters.NAMESPACE);
            }
        }

        void add() {
            String collection =
                    root + (definition.namespaced() ? "/namespaces/{namespace}/" : "/") + definition.plural();
            List<Operation> onMany = new ArrayList<>();
            List<Operation> onOne = new ArrayList<>();
            for (Verb verb : definition.verbs()) {
                switch (verb) {
                    case LIST -> onMany.add(list(scope + kind.kind(), common));
                    case CREATE -> onMany.add(create(scope + kind.kind(), kind, object, common));
                    case DELETECOLLECTION -> onMany.add(deleteCollection());
                    case GET -> onOne.add(read(scope + kind.kind(), kind, object, named()));
                    case UPDATE -> onOne.add(replace(scope + kind.kind(), kind, object, named()));
                    case PATCH -> onOne.add(patch(scope + kind.kind(), kind, object, named()));
                    case DELETE -> onOne.add(delete());
                    default -> {}
                }
            }
            put(collection, onMany);
            put(collection + "/{name}", onOne);
            everywhere();
            for (Subresource subresource : definition.subresources().values()) {
                subresource(collection + "/{name}/" + subresource.name(), subresource);
            }
        }

        private List<Parameter> named() {
            List<Parameter> with = new ArrayList<>(common);
            with.add(Parameters.NAME);
            return with;
        }

        private void put(String path, List<Operation> operations) {
            if (!operations.isEmpty()) {
                out.add(new PathItem(path, operations));
            }
        }

        /** Lists over all namespaces, and the old paths of watches. */
        private void everywhere() {
            boolean lists = !list.isEmpty() && definition.verbs().contains(Verb.LIST);
            boolean watches = definition.verbs().contains(Verb.WATCH);
            String plural = "/" + definition.plural();
            if (definition.namespaced()) {
                if (lists) {
                    put(root + plural, List.of(list(kind.kind() + "ForAllNamespaces", List.of(Parameters.PRETTY))));
                }
                if (watches && media.watches()) {
                    put(
                            root + "/watch" + plural,
                            List.of(watch(
                                    "watchlist", kind.kind() + "ListForAllNamespaces", List.of(Parameters.PRETTY))));
                    String inside = root + "/watch/namespaces/{namespace}" + plural;
                    put(inside, List.of(watch("watchlist", scope + kind.kind() + "List", common)));
                    put(inside + "/{name}", List.of(watch("watch", scope + kind.kind(), named())));
                }
            } else if (watches && media.watches()) {
                put(root + "/watch" + plural, List.of(watch("watchlist", kind.kind() + "List", common)));
                put(root + "/watch" + plural + "/{name}", List.of(watch("watch", kind.kind(), named())));
            }
        }

        private void subresource(String path, Subresource subresource) {
            String name = scope + kind.kind() + OperationNames.title(subresource.name());
            Kind about = subresource.kind().group().equals(definition.group())
                    ? groupVersion.kind(subresource.kind().kind())
                    : subresource.kind();
            if (about.kind().endsWith("Options")) {
                connect(path, name, subresource);
                return;
            }
            if (subresource.name().equals("log")) {
                List<Parameter> parameters = named();
                parameters.addAll(Parameters.of(groupVersion.kind("PodLogOptions")));
                put(
                        path,
                        List.of(new Operation(
                                "get",
                                "get",
                                id("read", name),
                                tag,
                                kind,
                                parameters,
                                null,
                                false,
                                Operation.ANYTHING,
                                Map.of(200, Operation.TEXT),
                                Media.LOGS)));
                return;
            }
            String type =
                    definition.custom() && about.group().equals(definition.group()) ? object : definitions.use(about);
            List<Operation> operations = new ArrayList<>();
            for (Verb verb : subresource.verbs()) {
                switch (verb) {
                    case GET -> operations.add(read(name, about, type, named()));
                    case CREATE -> operations.add(create(name, about, type, named()));
                    case UPDATE -> operations.add(replace(name, about, type, named()));
                    case PATCH -> operations.add(patch(name, about, type, named()));
                    default -> {}
                }
            }
            put(path, operations);
        }

        private void connect(String path, String name, Subresource subresource) {
            boolean proxy = subresource.verbs().contains(Verb.DELETE);
            List<Parameter> parameters = named();
            parameters.remove(Parameters.PRETTY);
            parameters.addAll(Parameters.of(subresource.kind()));
            put(path, connections(proxy ? PROXIED : CONNECTED, name, subresource.kind(), parameters));
            if (proxy) {
                List<Parameter> deeper = new ArrayList<>(parameters);
                deeper.add(Parameters.PATH);
                put(path + "/{path}", connections(PROXIED, name + "WithPath", subresource.kind(), deeper));
            }
        }

        private List<Operation> connections(List<String> methods, String name, Kind about, List<Parameter> parameters) {
            List<Operation> operations = new ArrayList<>();
            for (String method : methods) {
                operations.add(new Operation(
                        method,
                        "connect",
                        id("connect", OperationNames.title(method.toLowerCase(Locale.ROOT)) + name),
                        tag,
                        about,
                        parameters,
                        null,
                        false,
                        Operation.ANYTHING,
                        Map.of(200, Operation.TEXT),
                        Operation.ANYTHING));
            }
            return operations;
        }

        private Operation list(String name, List<Parameter> parameters) {
            return new Operation(
                    "get",
                    "list",
                    id("list", name),
                    tag,
                    kind,
                    plus(parameters, Parameters.list()),
                    null,
                    false,
                    Operation.ANYTHING,
                    Map.of(200, list),
                    media.lists());
        }

        private Operation watch(String action, String name, List<Parameter> parameters) {
            return new Operation(
                    "get",
                    action,
                    id("watch", name),
                    tag,
                    kind,
                    plus(parameters, Parameters.list()),
                    null,
                    false,
                    Operation.ANYTHING,
                    Map.of(200, definitions.use("meta.WatchEvent")),
                    media.lists());
        }

        private Operation read(String name, Kind about, String type, List<Parameter> parameters) {
            return new Operation(
                    "get",
                    "get",
                    id("read", name),
                    tag,
                    about,
                    parameters,
                    null,
                    false,
                    Operation.ANYTHING,
                    Map.of(200, type),
                    media.objects());
        }

        private Operation create(String name, Kind about, String type, List<Parameter> parameters) {
            return new Operation(
                    "post",
                    "post",
                    id("create", name),
                    tag,
                    about,
                    plus(parameters, Parameters.write()),
                    type,
                    true,
                    Operation.ANYTHING,
                    Map.of(200, type, 201, type, 202, type),
                    media.objects());
        }

        private Operation replace(String name, Kind about, String type, List<Parameter> parameters) {
            return new Operation(
                    "put",
                    "put",
                    id("replace", name),
                    tag,
                    about,
                    plus(parameters, Parameters.write()),
                    type,
                    true,
                    Operation.ANYTHING,
                    Map.of(200, type, 201, type),
                    media.objects());
        }

        private Operation patch(String name, Kind about, String type, List<Parameter> parameters) {
            return new Operation(
                    "patch",
                    "patch",
                    id("patch", name),
                    tag,
                    about,
                    plus(parameters, Parameters.patch()),
                    definitions.useFact(DefinitionNames.meta("Patch")),
                    true,
                    media.patches(),
                    media.patchAnswers(type),
                    media.objects());
        }

        private Operation delete() {
            String type = definition.strategy().returnsDeletedObject() ? object : definitions.use("meta.Status");
            return new Operation(
                    "delete",
                    "delete",
                    id("delete", scope + kind.kind()),
                    tag,
                    kind,
                    plus(named(), Parameters.delete()),
                    definitions.use("meta.DeleteOptions"),
                    false,
                    Operation.ANYTHING,
                    Map.of(200, type, 202, type),
                    media.objects());
        }

        private Operation deleteCollection() {
            return new Operation(
                    "delete",
                    "deletecollection",
                    id("delete", "Collection" + scope + kind.kind()),
                    tag,
                    kind,
                    plus(common, Parameters.deleteCollection()),
                    definitions.use("meta.DeleteOptions"),
                    false,
                    Operation.ANYTHING,
                    Map.of(200, definitions.use("meta.Status")),
                    media.objects());
        }

        private static List<Parameter> plus(List<Parameter> some, List<Parameter> others) {
            List<Parameter> all = new ArrayList<>(some);
            all.addAll(others);
            return all;
        }
    }
}
