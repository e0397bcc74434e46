// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ChangedObjects;
import io.apiserver4j.cel.CelList;
import io.apiserver4j.cel.CelMap;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.cel.CelValues;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.ownership.ConfigurationMerge;
import io.apiserver4j.patch.JsonPatch;
import io.apiserver4j.patch.PatchBody;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes objects as the values of mutations' expressions say. */
final class Mutator {
    private final ChangedObjects objects;

    Mutator(ChangedObjects objects) {
        this.objects = objects;
    }

    /**
     * The changed object of a request, with its defaults.
     *
     * @param patch true where the value is a list of patch operations, false where it is a configuration
     * @throws ConfigurationException where the value does not fit the object
     * @throws io.apiserver4j.meta.ApiException where the object can't be one of its kind any more
     */
    ObjectValue change(AdmissionRequest seen, ObjectValue object, boolean patch, Object value) {
        Schema schema = schema(seen);
        if (schema == null) {
            throw Status.serviceUnavailable("Resource kind " + seen.kind() + " not found. There can be a delay between"
                            + " when CustomResourceDefinitions are created and when they are available.")
                    .asException();
        }
        return patch ? patched(seen, object, value) : merged(seen, object, value, schema);
    }

    private static @Nullable Schema schema(AdmissionRequest seen) {
        VersionDefinition version = seen.definition().version(seen.version());
        return version != null && version.kind().equals(seen.kind())
                ? version.schema()
                : SchemaFacts.builtin().kind(seen.kind());
    }

    private ObjectValue merged(AdmissionRequest seen, ObjectValue object, Object value, Schema schema) {
        checkNames(value);
        ObjectValue configuration = CelValues.toTree(value).asObject();
        if (configuration == null) {
            throw new ConfigurationException("invalid return type");
        }
        Kind kind = seen.kind();
        configuration = configuration.with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
        try {
            return objects.read(seen, ConfigurationMerge.merge(object, configuration, schema));
        } catch (ConfigurationMerge.RefusedException e) {
            throw new ConfigurationException("error applying patch: " + e.text());
        } catch (TypeMismatchException e) {
            throw new ConfigurationException(e.text());
        }
    }

    private ObjectValue patched(AdmissionRequest seen, ObjectValue object, Object value) {
        DecodeFindings findings = new DecodeFindings();
        ObjectValue read;
        try {
            JsonPatch patch = JsonPatch.of(new PatchBody(operations(value), List.of()), false);
            read = objects.read(seen, patch.applyTold(object), findings);
        } catch (JsonPatch.DoesNotApplyException e) {
            if (e.isFailedTest()) {
                return object;
            }
            throw new ConfigurationException("JSON Patch: " + e.getMessage());
        } catch (TypeMismatchException e) {
            throw Status.internalError(e.text()).asException();
        }
        if (!findings.isEmpty()) {
            throw Status.internalError("strict decoding error: " + String.join(", ", findings.texts()))
                    .asException();
        }
        return read;
    }

    private static ArrayValue operations(Object value) {
        List<Value> out = new ArrayList<>();
        if (value instanceof CelList list) {
            for (Object item : list.items()) {
                if (item instanceof CelMap step) {
                    out.add(operation(step));
                }
            }
        }
        return ArrayValue.of(out);
    }

    private static ObjectValue operation(CelMap step) {
        ObjectEditor out = ObjectValue.builder();
        out.put("op", text(step, "op"));
        out.put("path", text(step, "path"));
        String from = text(step, "from");
        if (!from.isEmpty()) {
            out.put("from", from);
        }
        Object value = step.get("value");
        if (value != null) {
            checkNames(value);
            out.put("value", CelValues.toTree(value));
        }
        return out.build();
    }

    private static String text(CelMap step, String name) {
        return step.get(name) instanceof String text ? text : "";
    }

    /** Makes sure that objects stand where their types' names say. */
    private static void checkNames(Object value) {
        if (value instanceof CelMap map && map.type().kind() == CelType.Kind.OBJECT) {
            List<String> errors = new ArrayList<>(0);
            checkNames(map, map.type().name(), errors);
            if (!errors.isEmpty()) {
                throw new ConfigurationException("type mismatch: " + String.join("\n", errors));
            }
        }
    }

    private static void checkNames(Object value, String path, List<String> errors) {
        if (value instanceof CelList list) {
            list.items().forEach(item -> checkNames(item, path, errors));
        }
        if (!(value instanceof CelMap map)) {
            return;
        }
        boolean named = map.type().kind() == CelType.Kind.OBJECT;
        if (named && !map.type().name().equals(path)) {
            errors.add("unexpected type name " + GoText.quote(map.type().name()) + ", expected " + GoText.quote(path)
                    + ", which matches field name path from root Object type");
        }
        for (Object key : map.keys()) {
            Object member = map.get(key);
            if (member != null) {
                checkNames(member, named ? path + "." + key : path, errors);
            }
        }
    }
}
