// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.Base64;
import java.util.List;

/** Secrets: the keys that each known type needs. */
public final class SecretRules implements KindRules {
    private static final ValuePath DATA = ValuePath.of("data");
    private static final String TLS = "kubernetes.io/tls";

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        Value type = current.get("type");
        return type != null && updated.stringOrEmpty("type").isEmpty() ? updated.with("type", type) : updated;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue data = object.objectOrEmpty("data");
        for (ObjectValue.Member member : data) {
            KeyedData.key(member.key(), DATA, errors);
        }
        if (KeyedData.binaryBytes(data) > KeyedData.MAX_BYTES) {
            errors.tooLong(DATA, KeyedData.MAX_BYTES);
        }
        switch (object.stringOrEmpty("type")) {
            case "kubernetes.io/service-account-token" -> account(object, errors);
            case "kubernetes.io/dockercfg" -> json(data, ".dockercfg", errors);
            case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson", errors);
            case "kubernetes.io/basic-auth" -> {
                if (!data.has("username") && !data.has("password")) {
                    required(data, errors, "username", "password");
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (data.stringOrEmpty("ssh-privatekey").isEmpty()) {
                    errors.required(DATA.key("ssh-privatekey"), "");
                }
            }
            case TLS -> required(data, errors, "tls.crt", "tls.key");
            default -> {}
        }
    }

    private static void account(ObjectValue object, FieldErrors errors) {
        String name = "kubernetes.io/service-account.name";
        if (object.objectAt("metadata", "annotations").stringOrEmpty(name).isEmpty()) {
            errors.required(ValuePath.of("metadata", "annotations").key(name), "");
        }
    }

    private static void required(ObjectValue data, FieldErrors errors, String... keys) {
        for (String key : keys) {
            if (!data.has(key)) {
                errors.required(DATA.key(key), "");
            }
        }
    }

    private static void json(ObjectValue data, String key, FieldErrors errors) {
        if (!data.has(key)) {
            errors.required(DATA.key(key), "");
            return;
        }
        String problem = problem(bytes(data, key));
        if (!problem.isEmpty()) {
            errors.invalid(DATA.key(key), "<secret contents redacted>", problem);
        }
    }

    private static String problem(byte[] text) {
        try {
            Value value = JsonReader.read(text);
            boolean fits = value.isNull() || value.asObject() != null;
            return fits
                    ? ""
                    : "json: cannot unmarshal " + value.typeName() + " into Go value of type map[string]interface {}";
        } catch (JsonSyntaxException e) {
            return e.getMessage();
        }
    }

    private static byte[] bytes(ObjectValue data, String key) {
        return Base64.getMimeDecoder().decode(data.stringOrEmpty(key));
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldChecks.immutableTexts(updated, current, ValuePath.ROOT, errors, "type");
        KeyedData.unchanged(updated, current, errors, "data");
        validate(updated, context, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        if (!object.stringOrEmpty("type").equals(TLS)) {
            return List.of();
        }
        ObjectValue data = object.objectOrEmpty("data");
        String problem = TlsPair.problem(bytes(data, "tls.crt"), bytes(data, "tls.key"));
        return problem.isEmpty() ? List.of() : List.of(problem);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }
}
