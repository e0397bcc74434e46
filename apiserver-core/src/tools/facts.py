#!/usr/bin/env python3
# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""Turns what a release publishes about its API into the resource files under io/apiserver4j/facts.

usage: facts.py FOLDER
FOLDER holds types.json, openapi-v3/*.json, discovery-aggregated.json, discovery-legacy.json and table-columns.json (see
README.md). Run by hand, once per release; the difference of the files is the difference of the releases."""
import collections
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.normpath(os.path.join(HERE, "..", "main", "resources", "io", "apiserver4j", "facts"))
META = "apimachinery/pkg/apis/meta/v1"
# Types whose JSON form is not that of their fields; the reader of the files knows them by these words.
SPECIAL = {
    "apimachinery/pkg/api/resource.Quantity": "quantity",
    "apimachinery/pkg/util/intstr.IntOrString": "intOrString",
    "apimachinery/pkg/runtime.RawExtension": "rawExtension",
    META + ".Time": "time",
    META + ".MicroTime": "microTime",
    META + ".Duration": "duration",
    META + ".FieldsV1": "fieldsV1",
    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSON": "json",
    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool": "schemaOrBool",
    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrArray": "schemaOrArray",
    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrStringArray": "schemaOrStringArray",
    "interface": "any",
}
# Kinds that every group version knows, and those of meta.k8s.io that no group version lists.
COMMON = ["WatchEvent", "ListOptions", "GetOptions", "DeleteOptions", "CreateOptions", "UpdateOptions", "PatchOptions"]
META_KINDS = ["PartialObjectMetadata", "PartialObjectMetadataList", "Table"]


def load(name):
    with open(os.path.join(sys.argv[1], name), encoding="utf-8") as f:
        return json.load(f)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def words_of(values):
    """Values with commas between, a space spelled as ~."""
    if any(re.search(r"[\t~,]", value) for value in values):
        raise SystemExit("an enum value that the files cannot spell: %r" % values)
    return ",".join(value.replace(" ", "~") for value in values)


def simple(type_name):
    return type_name.rsplit(".", 1)[1]


def package_of(type_name):
    return type_name.rsplit(".", 1)[0]


class Facts:
    def __init__(self):
        document = load("types.json")
        self.types = document["types"]
        self.kinds = document["kinds"]
        with open(os.path.join(HERE, "gotypes.json"), encoding="utf-8") as f:
            self.go_types = json.load(f)
        self.parents = {}
        for name, found in self.types.items():
            for field in found.get("fields", []):
                if field.get("inline"):
                    self.parents.setdefault(field["type"], []).append(name)
        self.schemas = {}
        for path in sorted(glob.glob(os.path.join(sys.argv[1], "openapi-v3", "*.json"))):
            with open(path, encoding="utf-8") as f:
                self.schemas.update(json.load(f).get("components", {}).get("schemas", {}))

    def published(self, type_name):
        """The definition of a type; of one that is only embedded, that of a type around it."""
        own = self.schemas.get("io.k8s." + type_name.replace("/", "."))
        if own is not None:
            return own
        around = [self.published(parent) for parent in self.parents.get(type_name, [])]
        return next((shown for shown in around if shown), {})

    def reachable(self):
        """All types that a kind leads to."""
        seen, todo = set(), list(self.kinds.values()) + [META + "." + kind for kind in META_KINDS]
        while todo:
            name = todo.pop()
            if name in seen or name in SPECIAL or name not in self.types:
                continue
            seen.add(name)
            found = self.types[name]
            todo += [field["type"] for field in found.get("fields", [])]
            todo += [found["elem"]] if "elem" in found else []
        return seen

    def spell(self, name, package):
        """A type as the files spell it: bare where it is of the same package, `meta.X` for metadata's."""
        if name in SPECIAL:
            return SPECIAL[name]
        if name not in self.types:
            return name
        if package_of(name) == package:
            return simple(name)
        return "meta." + simple(name) if package_of(name) == META else name

    def field(self, owner, field, properties, required):
        """One line of a type."""
        package = package_of(owner)
        base = self.spell(field["type"], package)
        if field.get("inline"):
            return "+%s %d %s" % (simple(field["type"]), field.get("proto", 0), base)
        name = field["json"]
        go_type = self.go_types.get(owner, {}).get(name, "")
        key_type = re.match(r"map\[([^]]*)\]", go_type)
        if field.get("list"):
            named, prefix = go_type[2:], "[]"
        elif field.get("map"):
            named, prefix = go_type[go_type.find("]") + 1:], "map[%s]" % (key_type.group(1) if key_type else "string")
        else:
            named, prefix = go_type, "*" if field.get("pointer") else ""
        if base in ("string", "bool", "int32", "int64", "float64") and named and "." in named:
            base = base + ":" + named
        omit = "".join({"empty": "?", "zero": "!"}[word] for word in field.get("omit", "").split(",") if word)
        words = ["%d" % field.get("proto", 0), prefix + base + omit]
        shown = properties.get(name, {})
        list_type = shown.get("x-kubernetes-list-type")
        if list_type:
            keys = shown.get("x-kubernetes-list-map-keys")
            words.append(list_type + (":" + ",".join(keys) if keys else ""))
        map_type = shown.get("x-kubernetes-map-type")
        if map_type:
            words.append(map_type)
        if name in required:
            words.append("required")
        strategy = shown.get("x-kubernetes-patch-strategy") or field.get("patchStrategy")
        merge_key = shown.get("x-kubernetes-patch-merge-key") or field.get("patchMergeKey")
        if strategy or merge_key:
            words.append("patch:%s:%s" % (strategy or "", merge_key or ""))
        enum = shown.get("enum") or shown.get("items", {}).get("enum")
        if enum:
            words.append("enum:" + words_of(enum))
        if "default" in shown and not self.plain_default(field, shown["default"]):
            words.append("default:" + compact(shown["default"]))
        return name + " " + " ".join(words)

    @staticmethod
    def plain_default(field, value):
        """Defaults that follow from the Go type: the zero of what is always written, the empty object of structs."""
        if field.get("pointer"):
            return False
        return value == {} or (value in ("", 0, False) and "omit" not in field)

    def type_lines(self, owner):
        """The words behind a type's name, and its lines."""
        found = self.types[owner]
        package = package_of(owner)
        if "elem" in found:
            return ["=", ("[]" if found["kind"] == "list" else "map[string]") + self.spell(found["elem"], package)], []
        shown = self.published(owner)
        head = [shown["x-kubernetes-map-type"]] if "x-kubernetes-map-type" in shown else []
        for union in shown.get("x-kubernetes-unions", []):
            head.append("union:" + compact(union))
        lines = [self.field(owner, field, shown.get("properties", {}), set(shown.get("required", [])))
                 for field in found.get("fields", [])
                 if field.get("json") != "-" and ("json" in field or field.get("inline"))]
        return head, lines


def file_names(facts, used):
    """Go package -> the name of its file."""
    names = {META: "meta.k8s.io_v1"}
    for kind, type_name in facts.kinds.items():
        package = package_of(type_name)
        if package != META:
            group, _, version = kind.split(" ")[0].rpartition("/")
            names.setdefault(package, (group or "core") + "_" + version)
    for type_name in used:
        package = package_of(type_name)
        names.setdefault(package, "_".join(package.split("/")[-2:]))
    return names


def write(path, text):
    path = os.path.join(OUT, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def write_schemas(facts):
    used = facts.reachable()
    names = file_names(facts, used)
    by_package = collections.defaultdict(list)
    for type_name in sorted(used):
        by_package[package_of(type_name)].append(type_name)
    for package, type_names in sorted(by_package.items()):
        out = []
        for type_name in type_names:
            head, lines = facts.type_lines(type_name)
            out.append(" ".join([simple(type_name)] + head))
            out += [" " + line for line in lines]
        write("schema/%s.txt" % names[package], "\n".join(out) + "\n")
    write_index(facts, names, sorted(by_package))


def write_index(facts, names, packages):
    """Which file holds a package, and which kinds a group version knows; bare names are of the first package named."""
    kinds = collections.defaultdict(list)
    for kind, type_name in facts.kinds.items():
        group_version, name = kind.split(" ")
        if name not in COMMON:
            kinds[group_version].append(type_name)
    for version in ("v1", "v1beta1"):
        kinds["meta.k8s.io/" + version] = [META + "." + kind for kind in META_KINDS]
    out = ["package " + package + " " + names[package] for package in packages]
    out += ["common " + kind for kind in COMMON]
    for group_version, type_names in sorted(kinds.items()):
        main = collections.Counter(map(package_of, type_names)).most_common(1)[0][0]
        out.append("kinds " + group_version + " " + main)
        out += sorted(" " + (simple(name) if package_of(name) == main else name) for name in type_names)
    write("schema/index.txt", "\n".join(out) + "\n")


def write_kinds(facts):
    columns = load("table-columns.json")
    hashes = {}
    for path, document in load("discovery-legacy.json").items():
        for resource in document.get("resources", []):
            if "storageVersionHash" in resource:
                hashes[document["groupVersion"] + "/" + resource["name"]] = resource["storageVersionHash"]
    groups = [group for root in load("discovery-aggregated.json").values() for group in root["items"]]
    for group in groups:
        write_group(facts, group, columns, hashes)
    write("kinds/index.json", '{"groups":[\n%s\n]}\n' % ",\n".join(
        compact(group["metadata"].get("name", "")) for group in groups))


def write_group(facts, group, columns, hashes):
    name = group["metadata"].get("name", "")
    resources = collections.OrderedDict()
    for version in group["versions"]:
        group_version = (name + "/" if name else "") + version["version"]
        for resource in version["resources"]:
            plural = resource["resource"]
            kind = resource["responseKind"]["kind"]
            entry = [
                ("singular", resource["singularResource"]),
                ("kind", kind),
                ("listKind", kind + "List" if group_version + " " + kind + "List" in facts.kinds else ""),
                ("namespaced", resource["scope"] == "Namespaced"),
                ("shortNames", resource.get("shortNames", [])),
                ("categories", resource.get("categories", [])),
                ("verbs", resource["verbs"]),
                ("subresources", subresources(resource, group_version)),
            ]
            known, versions = resources.setdefault(plural, (entry, []))
            if known[:7] != entry[:7]:
                raise SystemExit("versions of " + plural + " differ")
            versions.append((version["version"], hashes.get(group_version + "/" + plural, ""),
                             columns.get(group_version + "/" + plural, [])))
    blocks = []
    for plural, (entry, versions) in sorted(resources.items()):
        lines = [compact(key) + ":" + (value if key == "subresources" else compact(value)) for key, value in entry]
        lines.append('"versions":{\n' + ",\n".join(
            "%s:{\n\"storageVersionHash\":%s,\n\"columns\":[%s]\n}" % (
                compact(version), compact(storage_hash), column_lines(shown))
            for version, storage_hash, shown in versions) + "\n}")
        blocks.append(compact(plural) + ":{\n" + ",\n".join(lines) + "\n}")
    order = [version["version"] for version in group["versions"]]
    write("kinds/%s.json" % (name or "core"), '{\n"group":%s,\n"versions":%s,\n"resources":{\n%s\n}\n}\n' % (
        compact(name), compact(order), ",\n".join(blocks)))


def subresources(resource, group_version):
    lines = []
    for one in sorted(resource.get("subresources", []), key=lambda s: s["subresource"]):
        kind = one["responseKind"]
        own = ((kind["group"] + "/") if kind["group"] else "") + kind["version"] if kind["version"] else ""
        lines.append('%s:{"apiVersion":%s,"kind":%s,"verbs":%s}' % (
            compact(one["subresource"]), compact(own), compact(kind["kind"]), compact(one["verbs"])))
    return "{" + ("\n" + ",\n".join(lines) + "\n" if lines else "") + "}"


def column_lines(columns):
    lines = [compact([c["name"], c["type"], c["format"], c["priority"]]) for c in columns]
    return "\n" + ",\n".join(lines) + "\n" if lines else ""


def main():
    facts = Facts()
    write_schemas(facts)
    write_kinds(facts)


main()
