// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object inside a spec, with its address and the place where its broken rules are told. Rules are written against
 * fields by their names; what is told of a field has the address of the part and the field's name.
 *
 * @param tree the object; empty where it is not there
 * @param path its address
 * @param errors where broken rules go
 */
public record Part(ObjectValue tree, ValuePath path, FieldErrors errors) {
    /** True where a field is there and not null. */
    public boolean has(String name) {
        Value value = tree.get(name);
        return value != null && !value.isNull();
    }

    /** The object in a field; an empty one where it is not there. */
    public Part part(String name) {
        return new Part(tree.objectOrEmpty(name), path.field(name), errors);
    }

    /** As {@link #part}, told of under another name than the wire has. */
    public Part partAs(String name, String told) {
        return new Part(tree.objectOrEmpty(name), path.field(told), errors);
    }

    /** The objects in a list. */
    public List<Part> parts(String name) {
        ArrayValue list = tree.getArray(name);
        if (list == null || list.isEmpty()) {
            return List.of();
        }
        ValuePath at = path.field(name);
        List<Part> out = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            out.add(new Part(list.objectAt(i), at.index(i), errors));
        }
        return out;
    }

    /** The text in a field, or the empty one. */
    public String text(String name) {
        return tree.stringOrEmpty(name);
    }

    /** The number in a field, or null. */
    public @Nullable Long number(String name) {
        return tree.getLong(name);
    }

    /** True where a field holds true. */
    public boolean isTrue(String name) {
        return tree.isTrue(name);
    }

    /** True where a field is there and holds false. */
    public boolean isFalse(String name) {
        return BooleanValue.FALSE.equals(tree.get(name));
    }

    /** The list of texts in a field. */
    public List<String> texts(String name) {
        return tree.arrayOrEmpty(name).strings();
    }

    /** The address of a field. */
    public ValuePath at(String name) {
        return path.field(name);
    }

    /** A text that must be there; true where it is. */
    public boolean require(String name) {
        if (!text(name).isEmpty()) {
            return true;
        }
        errors.required(at(name), "");
        return false;
    }

    /** Texts that must be there. */
    public void requireAll(String... names) {
        for (String name : names) {
            require(name);
        }
    }

    /** A label of DNS that must be there. */
    public void requireLabel(String name) {
        if (require(name)) {
            label(name);
        }
    }

    /** Tells what is wrong with a text that should be a label of DNS. */
    public void label(String name) {
        told(name, NameRules.dns1123Label(text(name)));
    }

    /** Tells what is wrong with a text that should be a subdomain of DNS. */
    public void subdomain(String name) {
        told(name, NameRules.dns1123Subdomain(text(name)));
    }

    /** Tells of problems of the text in a field. */
    public void told(String name, List<String> problems) {
        errors.invalidAll(at(name), text(name), problems);
    }

    /** Tells of problems of the number in a field. */
    public void toldNumber(String name, List<String> problems) {
        for (String problem : problems) {
            errors.invalid(at(name), tree.longOr(name, 0), problem);
        }
    }

    /** Tells that the value of a field is wrong. */
    public void invalid(String name, String detail) {
        Value value = tree.get(name);
        errors.invalidShown(at(name), FieldErrors.shown(value), detail);
    }

    /** Tells that the text in a field is wrong, the empty one too. */
    public void invalidText(String name, String detail) {
        errors.invalid(at(name), text(name), detail);
    }

    /** Tells that the whole part is wrong, printed as a type of Kubernetes ({@code core.SecurityContext}). */
    public void invalidAs(String type, String detail) {
        errors.invalidShown(path, InternalForm.shown(type, tree), detail);
    }

    /** Tells that a field may not be set. */
    public void forbid(String name, String detail) {
        errors.forbidden(at(name), detail);
    }

    /** Tells of every one of these fields that is there that it may not be set. */
    public void forbidAll(String detail, String... names) {
        for (String name : names) {
            if (has(name)) {
                errors.forbidden(at(name), detail);
            }
        }
    }

    /** A choice of a closed set that may be left out; told in the order of the set. */
    public void choice(String name, Collection<String> supported) {
        if (has(name) && !supported.contains(text(name))) {
            notSupported(name, supported);
        }
    }

    /** A choice of a closed set that must be made. */
    public void requireChoice(String name, Collection<String> supported) {
        if (require(name)) {
            choice(name, supported);
        }
    }

    /** Tells that the choice made in a field is none of a set. */
    public void notSupported(String name, Collection<String> supported) {
        errors.notSupportedShown(at(name), FieldErrors.json(text(name)), supported);
    }

    /** Numbers that may not be negative. */
    public void notNegative(String... names) {
        for (String name : names) {
            if (tree.longOr(name, 0) < 0) {
                invalid(name, "must be greater than or equal to 0");
            }
        }
    }

    /** A number that, where it is there, lies between two bounds; told with the text given. */
    public void between(String name, long minimum, long maximum, String detail) {
        Long number = number(name);
        if (number != null && (number < minimum || number > maximum)) {
            invalid(name, detail);
        }
    }

    /** The same, told with the common text about bounds. */
    public void between(String name, long minimum, long maximum) {
        between(name, minimum, maximum, NameRules.rangeError(minimum, maximum));
    }

    /** A user or group of Unix, where it is there. */
    public void unixIds(String... names) {
        for (String name : names) {
            Long id = number(name);
            if (id != null) {
                toldNumber(name, NameRules.userOrGroupId(id));
            }
        }
    }
}
