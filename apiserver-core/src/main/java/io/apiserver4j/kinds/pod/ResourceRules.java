// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of the names and amounts of resources, and of what containers and pods ask for. */
public final class ResourceRules {
    private static final String HUGE_PAGES = "hugepages-";
    private static final Set<String> CONTAINER_RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> OTHER_STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private ResourceRules() {}

    /** Tells what is wrong with a name of any resource; true where nothing is. */
    public static boolean name(String name, ValuePath path, FieldErrors errors) {
        List<String> problems = NameRules.qualifiedName(name);
        for (String problem : problems) {
            errors.invalidShown(path, FieldErrors.json(name), problem);
        }
        if (!problems.isEmpty()) {
            return false;
        }
        if (name.indexOf('/') < 0 && !isStandard(name)) {
            errors.invalidShown(path, FieldErrors.json(name), "must be a standard resource type or fully qualified");
            return false;
        }
        return true;
    }

    /** Tells what is wrong with the name of a resource that containers ask for. */
    public static void containerName(String name, ValuePath path, FieldErrors errors) {
        name(name, path, errors);
        if (name.indexOf('/') < 0) {
            if (!CONTAINER_RESOURCES.contains(name) && !isHugePages(name)) {
                errors.invalidShown(path, FieldErrors.json(name), "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            errors.invalidShown(path, FieldErrors.json(name), "doesn't follow extended resource name standard");
        }
    }

    private static void podName(String name, ValuePath path, FieldErrors errors) {
        if (name(name, path, errors) && !isPodLevel(name)) {
            errors.notSupportedShown(path, FieldErrors.json(name), List.of("cpu", HUGE_PAGES, "memory"));
        }
    }

    /** True for what can be asked for a pod as a whole. */
    public static boolean isPodLevel(String name) {
        return name.equals("cpu") || name.equals("memory") || isHugePages(name);
    }

    private static boolean isStandard(String name) {
        return COUNTED.contains(name)
                || OTHER_STANDARD.contains(name)
                || isHugePages(name)
                || name.startsWith("requests." + HUGE_PAGES);
    }

    /** True for huge pages of any size. */
    public static boolean isHugePages(String name) {
        return name.startsWith(HUGE_PAGES);
    }

    /** True for resources of Kubernetes itself, by their prefix or the lack of one. */
    public static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    /** True for resources that vendors bring. */
    public static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && NameRules.qualifiedName("requests." + name).isEmpty();
    }

    private static boolean mayBeOvercommitted(String name) {
        return isNative(name) && !isHugePages(name);
    }

    /** Tells what is wrong with an amount of a resource: negative, or not whole where it counts things. */
    public static void amount(String name, Quantity amount, ValuePath path, FieldErrors errors) {
        if (amount.sign() < 0) {
            errors.invalid(path, amount.toString(), "must be greater than or equal to 0");
        }
        if ((COUNTED.contains(name) || isExtended(name)) && amount.milliValue() % 1000 != 0) {
            errors.invalidShown(path, FieldErrors.json(amount.toString()), "must be an integer");
        }
    }

    /** True for an amount of huge pages that is not a number of whole ones. */
    static boolean splitsPages(String name, Quantity amount) {
        if (!isHugePages(name)) {
            return false;
        }
        Quantity page;
        try {
            page = Quantity.parse(name.substring(HUGE_PAGES.length()));
        } catch (RuntimeException e) {
            return true;
        }
        return page.sign() <= 0 || page.milliValue() % 1000 != 0 || amount.value() % page.value() != 0;
    }

    /** What a container asks for. */
    static void ofContainer(Part resources, Set<String> claims, Leniency leniency) {
        requirements(resources, ResourceRules::containerName, leniency);
        DeviceClaimRules.used(resources, claims);
    }

    /** What a pod as a whole asks for. */
    static void ofPod(Part resources, Set<String> claims, Leniency leniency) {
        requirements(resources, ResourceRules::podName, leniency);
        DeviceClaimRules.used(resources, claims);
    }

    /** What a container asks for; the rules of new ones, where no claims of devices can be named. */
    public static void requirements(ObjectValue resources, ValuePath path, FieldErrors errors) {
        ofContainer(new Part(resources, path, errors), Set.of(), Leniency.NONE);
    }

    private interface NameCheck {
        void check(String name, ValuePath path, FieldErrors errors);
    }

    private static void requirements(Part resources, NameCheck names, Leniency leniency) {
        FieldErrors errors = resources.errors();
        ObjectValue limits = resources.tree().objectOrEmpty("limits");
        ObjectValue requests = resources.tree().objectOrEmpty("requests");
        boolean hugePages = false;
        boolean computes = false;
        for (ObjectValue.Member limit : limits) {
            Quantity amount = quantity(limit);
            ValuePath path = resources.at("limits").key(limit.key());
            names.check(limit.key(), path, errors);
            amount(limit.key(), amount, path, errors);
            pages(limit.key(), amount, path, errors, leniency);
            hugePages |= isHugePages(limit.key());
            computes |= isCompute(limit.key());
        }
        for (ObjectValue.Member request : requests) {
            Quantity amount = quantity(request);
            ValuePath path = resources.at("requests").key(request.key());
            names.check(request.key(), path, errors);
            amount(request.key(), amount, path, errors);
            belowLimit(resources, request.key(), amount, limits.getString(request.key()));
            pages(request.key(), amount, path, errors, leniency);
            hugePages |= isHugePages(request.key());
            computes |= isCompute(request.key());
        }
        if (hugePages && !computes) {
            errors.forbidden(resources.path(), "HugePages require cpu or memory");
        }
    }

    private static boolean isCompute(String name) {
        return name.equals("cpu") || name.equals("memory");
    }

    private static void pages(String name, Quantity amount, ValuePath path, FieldErrors errors, Leniency leniency) {
        if (!leniency.hugePages() && splitsPages(name, amount)) {
            errors.invalid(path, amount.toString(), amount + " is not positive integer multiple of " + name);
        }
    }

    private static void belowLimit(Part resources, String name, Quantity request, @Nullable String limitText) {
        boolean overcommit = mayBeOvercommitted(name);
        if (limitText == null) {
            if (!overcommit) {
                resources
                        .errors()
                        .required(resources.at("limits"), "Limit must be set for non overcommitable resources");
            }
            return;
        }
        Quantity limit = Quantity.parse(limitText);
        int order = request.compareTo(limit);
        if (order != 0 && !overcommit) {
            resources
                    .errors()
                    .invalid(
                            resources.at("requests"),
                            request.toString(),
                            "must be equal to " + name + " limit of " + limit);
        } else if (order > 0) {
            resources
                    .errors()
                    .invalid(
                            resources.at("requests"),
                            request.toString(),
                            "must be less than or equal to " + name + " limit of " + limit);
        }
    }

    static Quantity quantity(ObjectValue.Member member) {
        String text = member.value().asString();
        return text == null ? Quantity.ZERO : Quantity.parse(text);
    }
}
