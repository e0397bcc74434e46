// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Makes the nodes of the first document of a text, from the events of the YAML library. */
final class YamlParser {
    /** Nesting that is refused. */
    static final int MAX_DEPTH = 10_000;

    private static final LoaderOptions OPTIONS = options();

    private final ParserImpl events;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private int depth;

    private YamlParser(String text) {
        events = new ParserImpl(new StreamReader(text), OPTIONS);
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        // the size of a body is bounded before it gets here
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    /** The root of the first document, or null where there is none. */
    static @Nullable YamlNode parse(String text) {
        YamlParser parser = new YamlParser(text);
        try {
            parser.events.getEvent();
            if (!(parser.events.peekEvent() instanceof DocumentStartEvent start)) {
                return null;
            }
            if (start.getVersion() != null && start.getVersion() != DumperOptions.Version.V1_1) {
                throw new YamlException("yaml: found incompatible YAML document");
            }
            parser.events.getEvent();
            YamlNode root = parser.node();
            parser.events.getEvent();
            return root;
        } catch (MarkedYAMLException e) {
            throw YamlErrors.of(e);
        } catch (YAMLException e) {
            throw new YamlException("yaml: " + e.getMessage());
        }
    }

    private YamlNode node() {
        Event event = events.getEvent();
        int line = event.getStartMark().getLine() + 1;
        if (event instanceof AliasEvent alias) {
            YamlNode target = anchors.get(alias.getAnchor());
            if (target == null) {
                throw new YamlException("yaml: unknown anchor '" + alias.getAnchor() + "' referenced");
            }
            return YamlNode.alias(line, alias.getAnchor(), target);
        }
        if (event instanceof ScalarEvent scalar) {
            String tag = scalar.getTag();
            boolean bare = scalar.getImplicit().canOmitTagInPlainScalar();
            String shownTag = tag == null || tag.equals("!") ? "" : tag;
            return anchored(scalar, YamlNode.scalar(line, shownTag, scalar.getValue(), bare));
        }
        if (event instanceof CollectionStartEvent start) {
            boolean mapping = start.getEventId() == Event.ID.MappingStart;
            YamlNode.Form form = mapping ? YamlNode.Form.MAPPING : YamlNode.Form.SEQUENCE;
            YamlNode node = anchored(start, YamlNode.collection(form, line));
            if (++depth > MAX_DEPTH) {
                throw new YamlException("yaml: line " + line + ": exceeded max depth of " + MAX_DEPTH);
            }
            Event.ID end = mapping ? Event.ID.MappingEnd : Event.ID.SequenceEnd;
            while (!events.checkEvent(end)) {
                node.children.add(node());
            }
            events.getEvent();
            depth--;
            return node;
        }
        throw new YamlException("yaml: unexpected " + event.getEventId());
    }

    private YamlNode anchored(NodeEvent event, YamlNode node) {
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), node);
        }
        return node;
    }
}
