// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.value.YamlException;
import io.apiserver4j.value.YamlReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an EncryptionConfiguration, and says what is wrong with one in the words of kube-apiserver. */
final class EncryptionFile {
    private static final String API_VERSION = "apiserver.config.k8s.io/v1";
    private static final String ANY = "*";
    private static final List<Integer> AES_KEYS = List.of(16, 24, 32);
    private static final List<Integer> BOX_KEYS = List.of(32);

    private final FieldErrors errors = new FieldErrors();
    private final Map<String, Sealer> rules = new LinkedHashMap<>();

    private EncryptionFile() {}

    /**
     * The sealers of a file, by the resources they are for as the file writes those.
     *
     * @throws SealException where the file is not fit
     */
    static Map<String, Sealer> read(byte[] text) {
        EncryptionFile file = new EncryptionFile();
        file.rules(configuration(text));
        if (!file.errors.isEmpty()) {
            throw new SealException(file.errors.aggregate());
        }
        return file.rules;
    }

    private static ObjectValue configuration(byte[] text) {
        Value value;
        try {
            value = YamlReader.read(text);
        } catch (YamlException e) {
            throw new SealException(String.valueOf(e.getMessage()), e);
        }
        ObjectValue file = value.asObject();
        if (file == null
                || !file.stringOrEmpty("kind").equals("EncryptionConfiguration")
                || !file.stringOrEmpty("apiVersion").equals(API_VERSION)) {
            String kind = file == null ? "" : file.stringOrEmpty("kind");
            String version = file == null ? "" : file.stringOrEmpty("apiVersion");
            throw new SealException("no kind " + GoText.quote(kind) + " is registered for version "
                    + GoText.quote(version) + ", but EncryptionConfiguration in version " + API_VERSION);
        }
        return file;
    }

    private void rules(ObjectValue file) {
        ValuePath root = ValuePath.of("resources");
        List<Value> resources = values(file, "resources");
        if (resources.isEmpty()) {
            errors.required(root, "at least one resources is required");
        }
        for (int i = 0; i < resources.size(); i++) {
            ObjectValue rule = object(resources.get(i));
            ValuePath path = root.index(i);
            List<String> names = rule.arrayOrEmpty("resources").strings();
            ResourceNames.check(names, path.field("resources"), errors);
            List<PrefixedSealers.Prefixed> sealers = providers(rule, path.field("providers"));
            if (errors.isEmpty()) {
                add(names, new PrefixedSealers(sealers, "no matching prefix found"));
            }
        }
    }

    /** The first rule for a resource counts; one that can never count is refused. */
    private void add(List<String> names, Sealer sealer) {
        for (String name : names) {
            String group = name.substring(name.indexOf('.') + 1);
            String wildcard = name.indexOf('.') < 0 ? "*." : "*." + group;
            for (String earlier : List.of(wildcard, "*.*")) {
                if (!name.equals(earlier) && rules.containsKey(earlier)) {
                    throw new SealException(
                            "resource " + GoText.quote(name) + " is masked by earlier rule " + GoText.quote(earlier));
                }
            }
            rules.putIfAbsent(name, sealer);
        }
    }

    private List<PrefixedSealers.Prefixed> providers(ObjectValue rule, ValuePath path) {
        List<Value> providers = values(rule, "providers");
        if (providers.isEmpty()) {
            errors.required(path, "at least one " + path + " is required");
        }
        List<PrefixedSealers.Prefixed> out = new ArrayList<>();
        for (int i = 0; i < providers.size(); i++) {
            PrefixedSealers.Prefixed one = provider(object(providers.get(i)), path.index(i));
            if (one != null) {
                out.add(one);
            }
        }
        return out;
    }

    private PrefixedSealers.@Nullable Prefixed provider(ObjectValue provider, ValuePath path) {
        List<String> known = List.of("kms", "aesgcm", "aescbc", "secretbox", "identity");
        List<String> named = known.stream().filter(provider::has).toList();
        if (named.size() != 1) {
            errors.invalidOmitted(
                    path,
                    named.isEmpty()
                            ? "provider does not contain any of the expected providers: KMS, AESGCM, AESCBC, Secretbox,"
                                    + " Identity"
                            : "more than one provider specified in a single element, should split into different list"
                                    + " elements");
            return null;
        }
        String name = named.get(0);
        ObjectValue settings = provider.objectOrEmpty(name);
        return switch (name) {
            case "identity" -> new PrefixedSealers.Prefixed("", Sealer.IDENTITY);
            case "aescbc" -> keys(settings, path.field(name), name, AES_KEYS);
            case "aesgcm" -> keys(settings, path.field(name), name, AES_KEYS);
            case "secretbox" -> keys(settings, path.field(name), name, BOX_KEYS);
            default -> {
                errors.forbidden(path.field(name), "key management services are not served by apiserver4j yet");
                yield null;
            }
        };
    }

    private PrefixedSealers.@Nullable Prefixed keys(
            ObjectValue settings, ValuePath path, String provider, List<Integer> sizes) {
        List<Value> keys = values(settings, "keys");
        ValuePath keysPath = path.field("keys");
        if (keys.isEmpty()) {
            errors.required(keysPath, "at least one keys is required");
            return null;
        }
        List<PrefixedSealers.Prefixed> out = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            ObjectValue key = object(keys.get(i));
            String name = key.stringOrEmpty("name");
            if (name.isEmpty()) {
                errors.required(keysPath.index(i).field("name"), "name is a mandatory field for a key");
            }
            byte[] secret = secret(key, keysPath.index(i).field("secret"), sizes);
            if (secret != null) {
                out.add(new PrefixedSealers.Prefixed(name + ":", sealer(provider, secret)));
            }
        }
        String family = provider.equals("secretbox") ? "Secretbox" : "AES";
        return new PrefixedSealers.Prefixed(
                "k8s:enc:" + provider + ":v1:",
                new PrefixedSealers(out, "no matching key was found for the provided " + family + " transformer"));
    }

    private static Sealer sealer(String provider, byte[] secret) {
        return switch (provider) {
            case "aescbc" -> new AesSealer.Cbc(secret);
            case "aesgcm" -> new AesSealer.Gcm(secret);
            default -> new SecretBox(secret);
        };
    }

    private byte @Nullable [] secret(ObjectValue key, ValuePath path, List<Integer> sizes) {
        String text = key.stringOrEmpty("secret");
        if (text.isEmpty()) {
            errors.required(path, "secret is a mandatory field for a key");
            return null;
        }
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            errors.invalid(path, "REDACTED", "secrets must be base64 encoded");
            return null;
        }
        if (!sizes.contains(secret.length)) {
            String expected = sizes.toString().replace(",", "");
            errors.invalid(
                    path,
                    "REDACTED",
                    "secret is not of the expected length, got " + secret.length + ", expected one of " + expected);
            return null;
        }
        return secret;
    }

    private static List<Value> values(ObjectValue object, String member) {
        List<Value> out = new ArrayList<>();
        object.arrayOrEmpty(member).forEach(out::add);
        return out;
    }

    private static ObjectValue object(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    /** What may stand in a rule's list of resources. */
    static final class ResourceNames {
        private ResourceNames() {}

        static void check(List<String> names, ValuePath path, FieldErrors errors) {
            if (names.isEmpty()) {
                errors.required(path, "at least one " + path + " is required");
            }
            overlap(names, path, errors);
            for (int i = 0; i < names.size(); i++) {
                String problem = problem(names.get(i));
                if (problem != null) {
                    errors.invalid(path.index(i), names.get(i), problem);
                }
            }
        }

        private static void overlap(List<String> names, ValuePath path, FieldErrors errors) {
            Map<String, String> seen = new HashMap<>();
            boolean twice = false;
            boolean overlap = names.size() > 1 && names.contains("*.*");
            for (String name : names) {
                String group = group(name);
                twice |= !seen.getOrDefault(name, "").isEmpty();
                seen.put(name, "seen");
                for (String other : names) {
                    overlap |= !other.equals(name)
                            && group(other).equals(group)
                            && (name.startsWith("*.") || other.startsWith("*."));
                }
            }
            if (twice) {
                errors.invalidShown(
                        path, FieldErrors.json(names), "the same resource cannot be specified multiple times");
            }
            if (overlap) {
                errors.invalidShown(
                        path,
                        FieldErrors.json(names),
                        "using overlapping resources such as 'secrets' and '*.' in the same resource list is not allowed"
                                + " as they will be masked");
            }
        }

        private static String group(String name) {
            int dot = name.indexOf('.');
            return dot < 0 ? "" : name.substring(dot + 1);
        }

        private static @Nullable String problem(String name) {
            if (!name.equals(name.toLowerCase(java.util.Locale.ROOT))) {
                return "resource name should not contain capital letters";
            }
            if (name.equals(ANY)) {
                return "use '*.' to encrypt all the resources from core API group or *.* to encrypt all resources";
            }
            if (List.of("apiserveripinfo", "serviceipallocations", "servicenodeportallocations")
                    .contains(name)) {
                return "resources which do not have REST API/s cannot be encrypted";
            }
            String group = group(name);
            if (group.equals("events.k8s.io")) {
                return "'*.events.k8s.io' objects are stored using the 'events' API group in etcd. Use 'events' instead"
                        + " in the config file";
            }
            if (group.equals("extensions")) {
                return "'extensions' group has been removed and cannot be used for encryption";
            }
            if (group.equals(ANY) && !name.equals("*.*")) {
                return "encrypting the same resource across groups is not supported";
            }
            return null;
        }
    }
}
