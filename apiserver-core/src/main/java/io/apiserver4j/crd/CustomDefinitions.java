// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.resource.VersionOrder;
import io.apiserver4j.value.JsonPath;
import io.apiserver4j.value.JsonPathException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compiles CustomResourceDefinitions to definitions. Schemas are compiled when a version is first used. */
final class CustomDefinitions {
    private static final Set<Verb> VERBS = EnumSet.of(
            Verb.DELETE, Verb.DELETECOLLECTION, Verb.GET, Verb.LIST, Verb.PATCH, Verb.CREATE, Verb.UPDATE, Verb.WATCH);
    private static final Set<Verb> PARTS = EnumSet.of(Verb.GET, Verb.PATCH, Verb.UPDATE);

    private CustomDefinitions() {}

    /**
     * The definition of a CustomResourceDefinition whose names were accepted; null where it serves nothing.
     *
     * @param definition the object as stored
     * @param terminating true from the time on when the object is being deleted
     * @param outbound calls the webhook that converts objects, where there is one; null where none can be
     */
    static @Nullable ResourceDefinition compile(
            ObjectValue definition, BooleanSupplier terminating, @Nullable Outbound outbound) {
        ObjectValue spec = definition.objectOrEmpty("spec");
        ObjectValue names = definition.objectAt("status", "acceptedNames");
        String group = spec.stringOrEmpty("group");
        String kind = names.stringOrEmpty("kind");
        List<ObjectValue> given = new ArrayList<>(spec.arrayOrEmpty("versions").objects());
        given.sort(Comparator.comparing(one -> one.stringOrEmpty("name"), VersionOrder.PREFERRED_FIRST));
        Map<String, CustomVersion> served = new LinkedHashMap<>();
        CustomVersion stored = null;
        String storedName = "";
        for (ObjectValue version : given) {
            CustomVersion compiled = new CustomVersion(version);
            if (version.isTrue("served")) {
                served.put(version.stringOrEmpty("name"), compiled);
            }
            if (version.isTrue("storage")) {
                stored = compiled;
                storedName = version.stringOrEmpty("name");
            }
        }
        if (stored == null || served.isEmpty()) {
            return null;
        }
        GroupVersion storage = new GroupVersion(group, storedName);
        ObjectValue conversion = spec.objectOrEmpty("conversion");
        ConversionWebhook webhook =
                outbound != null && conversion.stringOrEmpty("strategy").equals("Webhook")
                        ? new ConversionWebhook(outbound, conversion.objectOrEmpty("webhook"))
                        : null;
        List<VersionDefinition> versions = new ArrayList<>();
        for (ObjectValue version : given) {
            CustomVersion compiled = served.get(version.stringOrEmpty("name"));
            if (compiled != null) {
                versions.add(version(
                                version,
                                new Kind(group, version.stringOrEmpty("name"), kind),
                                compiled,
                                storage,
                                stored,
                                webhook)
                        .withDeprecation(deprecation(version, group, kind, served)));
            }
        }
        String plural = names.stringOrEmpty("plural");
        return new ResourceDefinition(
                group,
                plural,
                names.stringOrEmpty("singular"),
                kind,
                names.stringOrEmpty("listKind"),
                names.arrayOrEmpty("shortNames").strings(),
                names.arrayOrEmpty("categories").strings(),
                spec.stringOrEmpty("scope").equals("Namespaced"),
                List.copyOf(versions),
                VERBS,
                subresources(versions.get(0).kind(), served),
                new CustomStrategy(group, kind, served, stored, terminating),
                fields(given),
                new ResourceDefinition.StorageLocation(
                        "/registry/" + group + "/" + plural,
                        group,
                        storedName,
                        0,
                        renewal(definition, storage, stored, webhook)),
                true);
    }

    private static VersionDefinition version(
            ObjectValue version,
            Kind kind,
            CustomVersion form,
            GroupVersion storage,
            CustomVersion stored,
            @Nullable ConversionWebhook webhook) {
        boolean identity = kind.groupVersion().equals(storage);
        String own = kind.apiVersion();
        String other = new Kind(storage.group(), storage.version(), kind.kind()).apiVersion();
        UnaryOperator<ObjectValue> toStorage = identity ? UnaryOperator.identity() : way(webhook, other, stored);
        UnaryOperator<ObjectValue> fromStorage = identity ? UnaryOperator.identity() : way(webhook, own, form);
        return new VersionDefinition(kind, form::shape, toStorage, fromStorage, identity, "", form);
    }

    /** The way to a version: by the webhook, or by leaving out what the version does not know. */
    private static UnaryOperator<ObjectValue> way(
            @Nullable ConversionWebhook webhook, String apiVersion, CustomVersion to) {
        return webhook == null
                ? object -> to.converted(object, apiVersion)
                : new RemoteVersion(webhook, apiVersion, to);
    }

    private static String deprecation(
            ObjectValue version, String group, String kind, Map<String, CustomVersion> served) {
        if (!version.isTrue("deprecated")) {
            return "";
        }
        String given = version.getString("deprecationWarning");
        if (given != null) {
            return given;
        }
        String own = version.stringOrEmpty("name");
        String text = group + "/" + own + " " + kind + " is deprecated";
        String best = served.keySet().iterator().next();
        return best.equals(own) ? text : text + "; use " + group + "/" + best + " " + kind;
    }

    private static Map<String, Subresource> subresources(Kind kind, Map<String, CustomVersion> served) {
        Map<String, Subresource> out = new LinkedHashMap<>();
        if (served.values().stream().anyMatch(CustomVersion::hasStatus)) {
            out.put("status", new Subresource("status", kind, PARTS, Subresource.Form.OBJECT));
        }
        if (served.values().stream().anyMatch(one -> one.scale() != null)) {
            Kind scale = new Kind("autoscaling", "v1", "Scale");
            out.put("scale", new Subresource("scale", scale, PARTS, Subresource.Form.SCALE));
        }
        return out;
    }

    private static SelectableFields fields(List<ObjectValue> versions) {
        Map<String, Function<ObjectValue, String>> readers = new TreeMap<>();
        for (ObjectValue version : versions) {
            for (ObjectValue field : version.arrayOrEmpty("selectableFields").objects()) {
                String path = field.stringOrEmpty("jsonPath");
                String label = path.startsWith(".") ? path.substring(1) : path;
                try {
                    JsonPath compiled = JsonPath.parse(path);
                    readers.putIfAbsent(label, object -> text(compiled.first(object)));
                } catch (JsonPathException unreadable) {
                    continue; // refused with the definition
                }
            }
        }
        return new SelectableFields(readers, SelectableFields.REFUSAL);
    }

    private static String text(@Nullable Value value) {
        if (value == null || value.isNull()) {
            return "";
        }
        String text = value.asString();
        return text != null ? text : value.toString();
    }

    /** Objects may have been stored under an older schema, or in a version that was the stored one before. */
    private static @Nullable UnaryOperator<ObjectValue> renewal(
            ObjectValue definition, GroupVersion storage, CustomVersion stored, @Nullable ConversionWebhook webhook) {
        boolean several = definition
                        .objectOrEmpty("status")
                        .arrayOrEmpty("storedVersions")
                        .size()
                > 1;
        boolean changed = definition.objectOrEmpty("metadata").longOr("generation", 1) > 1;
        if (!several && !changed) {
            return null;
        }
        String wanted = storage.group() + "/" + storage.version();
        UnaryOperator<ObjectValue> way = way(webhook, wanted, stored);
        return object -> {
            if (!wanted.equals(object.getString("apiVersion"))) {
                return stored.filled(way.apply(object));
            }
            return stored.structure().defaults ? stored.filled(object) : object;
        };
    }
}
