// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0

// Command internalforms reads the Go types that Kubernetes keeps for itself (pkg/apis/GROUP/types.go) beside the ones of its
// API (k8s.io/api) and writes the names and shapes of their fields, as facts/internal.json has them: messages about broken
// rules print values in the internal types.
//
//	go run internalforms.go KUBERNETES_DIR API_DIR TYPE... > internal.json
//
// A TYPE is a root, as batch.SuccessPolicy; all types that roots reach are written.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
)

type pkg struct {
	types   map[string]ast.Expr
	imports map[string]string
}

var (
	internal = map[string]*pkg{}
	external = map[string]*pkg{}
	out      = map[string][]string{}
)

func load(dir string) *pkg {
	p := &pkg{types: map[string]ast.Expr{}, imports: map[string]string{}}
	files, _ := filepath.Glob(filepath.Join(dir, "*types.go"))
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			panic(err)
		}
		for _, i := range parsed.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			name := path[strings.LastIndex(path, "/")+1:]
			if i.Name != nil {
				name = i.Name.Name
			}
			p.imports[name] = path
		}
		for _, d := range parsed.Decls {
			if g, ok := d.(*ast.GenDecl); ok {
				for _, s := range g.Specs {
					if t, ok := s.(*ast.TypeSpec); ok {
						p.types[t.Name.Name] = t.Type
					}
				}
			}
		}
	}
	return p
}

func tag(f *ast.Field) (string, bool, bool) {
	if f.Tag == nil {
		return "", false, false
	}
	t, ok := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Lookup("json")
	if !ok {
		return "", false, false
	}
	parts := strings.Split(t, ",")
	omit := len(parts) > 1 && strings.HasPrefix(parts[1], "omit")
	return parts[0], omit, true
}

// wireNames: Go field name (lower case) to the JSON name in the API.
func wireNames(group, name string) map[string]string {
	names := map[string]string{}
	p := external[group]
	if p == nil {
		return names
	}
	st, ok := p.types[name].(*ast.StructType)
	if !ok {
		return names
	}
	for _, f := range st.Fields.List {
		j, _, has := tag(f)
		if has && j != "" {
			for _, n := range f.Names {
				names[strings.ToLower(n.Name)] = j
			}
		}
	}
	return names
}

func shape(group string, e ast.Expr) string {
	switch t := e.(type) {
	case *ast.StarExpr:
		return "*" + shape(group, t.X)
	case *ast.ArrayType:
		inner := shape(group, t.Elt)
		if inner == "int" && fmt.Sprint(t.Elt) == "byte" {
			return "bytes"
		}
		return "[]" + inner
	case *ast.MapType:
		return "{}" + shape(group, t.Value)
	case *ast.Ident:
		switch t.Name {
		case "string", "bool", "byte":
			if t.Name == "byte" {
				return "int"
			}
			return t.Name
		case "int", "int32", "int64", "uint32", "uint64", "float64", "int16", "uint16":
			return "int"
		}
		def := internal[group].types[t.Name]
		if st, ok := def.(*ast.StructType); ok {
			emit(group, t.Name, st)
			return group + "." + t.Name
		}
		if def == nil {
			panic("no type " + group + "." + t.Name)
		}
		return shape(group, def)
	case *ast.SelectorExpr:
		alias := t.X.(*ast.Ident).Name
		path := internal[group].imports[alias]
		if strings.HasPrefix(path, "k8s.io/kubernetes/pkg/apis/") {
			other := path[strings.LastIndex(path, "/")+1:]
			if internal[other] == nil {
				panic("no package " + path)
			}
			return shape(other, t.Sel)
		}
		switch t.Sel.Name {
		case "Quantity":
			return "quantity"
		case "IntOrString":
			return "intstr"
		case "Time", "MicroTime":
			return "time"
		case "UID", "ConditionStatus", "NamespacedName":
			return "string"
		}
		return "wire"
	case *ast.InterfaceType:
		return "wire"
	}
	panic(fmt.Sprintf("%T", e))
}

func emit(group, name string, st *ast.StructType) {
	key := group + "." + name
	if _, done := out[key]; done {
		return
	}
	out[key] = nil
	wire := wireNames(group, name)
	lines := []string{} // a type without fields is a list, too
	for _, f := range st.Fields.List {
		j, omit, has := tag(f)
		s := shape(group, f.Type)
		if len(f.Names) == 0 && (!has || j == "") {
			if strings.HasSuffix(fmt.Sprint(f.Type), "TypeMeta}") || strings.Contains(fmt.Sprint(f.Type), "TypeMeta") {
				continue
			}
			if s == "wire" { // metav1.ObjectMeta
				lines = append(lines, "+ metadata wire")
			} else {
				lines = append(lines, "+ - "+s)
			}
			continue
		}
		for _, n := range f.Names {
			shown := n.Name
			if has && j != "" {
				shown = j
			}
			if omit {
				shown += "?"
			}
			from := wire[strings.ToLower(n.Name)]
			if from == "" && has && j != "" {
				from = j
			}
			if from == "" {
				from = strings.ToLower(n.Name[:1]) + n.Name[1:]
			}
			lines = append(lines, shown+" "+from+" "+s)
		}
	}
	out[key] = lines
}

func main() {
	kube, api := os.Args[1], os.Args[2]
	dirs, _ := filepath.Glob(filepath.Join(kube, "pkg/apis/*"))
	for _, d := range dirs {
		g := filepath.Base(d)
		internal[g] = load(d)
		e := filepath.Join(api, g, "v1")
		if g == "autoscaling" {
			e = filepath.Join(api, g, "v2")
		}
		external[g] = load(e)
	}
	for _, root := range os.Args[3:] {
		parts := strings.Split(root, ".")
		shape(parts[0], ast.NewIdent(parts[1]))
	}
	keys := make([]string, 0, len(out))
	for k := range out {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println("{")
	for i, k := range keys {
		line, _ := json.Marshal(out[k])
		comma := ","
		if i == len(keys)-1 {
			comma = ""
		}
		fmt.Printf("%q: %s%s\n", k, line, comma)
	}
	fmt.Println("}")
}
