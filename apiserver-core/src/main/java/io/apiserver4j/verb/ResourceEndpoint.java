// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.admission.AdmissionChain;
import io.apiserver4j.codec.RouteTypes;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The end of the corridor for resources: finds the definition behind a path, checks that it answers to the method, and hands
 * the call to the verb.
 */
public final class ResourceEndpoint {
    private final LiveCatalog catalog;
    private final Map<String, ResourceHandler> handlers;
    private final GetVerb get;
    private final ListVerb list;
    private final WatchVerb watch;
    private final CreateVerb create;
    private final UpdateVerb update;
    private final PatchVerb patch;
    private final DeleteVerb delete;
    private final DeleteCollectionVerb deleteCollection;
    private final ScaleEndpoint scale;
    private final HandlerSupport support;

    /**
     * The verbs over these collaborators.
     *
     * @param handlers by {@code resource.group} or {@code resource.group/subresource} (the core without dot)
     * @param timer ends watches and sends bookmarks; its tasks are short
     * @param leastWatch how long a watch lasts at least that asks for no time; zero for ever
     */
    public ResourceEndpoint(
            LiveCatalog catalog,
            Stores stores,
            AdmissionChain admission,
            Map<String, ResourceHandler> handlers,
            Defaulter defaulter,
            Presenter presenter,
            InstantSource clock,
            RandomGenerator random,
            ScheduledExecutorService timer,
            Duration leastWatch) {
        this.catalog = catalog;
        this.handlers = Map.copyOf(handlers);
        ObjectWriter objects = new ObjectWriter(stores, admission, clock, random);
        BodyReader bodies = new BodyReader(defaulter);
        Ownership ownership = new Ownership(clock);
        get = new GetVerb(objects, presenter);
        list = new ListVerb(objects, presenter);
        watch = new WatchVerb(objects, presenter, timer, random, leastWatch);
        create = new CreateVerb(objects, presenter, bodies, ownership);
        update = new UpdateVerb(objects, presenter, bodies, ownership);
        patch = new PatchVerb(objects, presenter, bodies, ownership);
        delete = new DeleteVerb(objects, presenter, bodies);
        deleteCollection = new DeleteCollectionVerb(objects, presenter, bodies, delete);
        scale = new ScaleEndpoint(objects, presenter, bodies, ownership, patch);
        support = new HandlerSupport(objects, presenter, bodies, ownership, delete, stores);
    }

    /** What handlers need, for those who make handlers outside of a call. */
    public HandlerSupport support() {
        return support;
    }

    /** Answers a call whose target names a resource. */
    public ApiResponse handle(Call call, Target.OfResource target) {
        Catalog now = catalog.current();
        ResourceDefinition definition = now.find(target.group(), target.version(), target.resource());
        if (definition == null) {
            return noSuchPath(now.isBuiltIn(target.group()));
        }
        VersionDefinition version = definition.version(target.version());
        if (version == null || target.verb() == Verb.PROXY || !isRightScope(definition, target)) {
            return noSuchPath(!definition.custom());
        }
        Subresource subresource = null;
        if (!target.subresource().isEmpty()) {
            subresource = definition.subresource(version, target.subresource());
            if (subresource == null && definition.custom()) {
                throw ObjectWriter.notFound(definition, target.name());
            }
            if (subresource == null || !target.rest().isEmpty() && subresource.form() != Subresource.Form.HANDLER) {
                throw Status.noSuchPath().asException();
            }
        }
        checkName(target.name());
        ResourceCall resource = new ResourceCall(call, target, definition, version, subresource);
        return subresource == null ? main(resource) : sub(resource, subresource);
    }

    /** Paths of groups that users bring are handed on, and nobody after answers in JSON. */
    private static ApiResponse noSuchPath(boolean builtIn) {
        if (builtIn) {
            throw Status.noSuchPath().asException();
        }
        return PlainText.notFound();
    }

    private static boolean isRightScope(ResourceDefinition definition, Target.OfResource target) {
        if (!definition.namespaced()) {
            return target.namespace().isEmpty()
                    || definition.plural().equals("namespaces")
                            && target.namespace().equals(target.name());
        }
        // objects of namespaced kinds have no path without a namespace, only their lists do
        boolean reads = target.verb() == Verb.LIST || target.verb() == Verb.WATCH;
        return !target.namespace().isEmpty() || target.name().isEmpty() && (reads || !definition.custom());
    }

    private static void checkName(String name) {
        if (name.equals("..") || name.equals(".")) {
            throw Status.badRequest("Name parameter invalid: " + GoText.quote(name) + ": may not be '" + name + "'")
                    .asException();
        }
        if (name.indexOf('%') >= 0) {
            throw Status.badRequest("Name parameter invalid: " + GoText.quote(name) + ": may not contain '%'")
                    .asException();
        }
    }

    private static ApiException notSupported(ResourceCall call) {
        ResourceDefinition definition = call.definition();
        return definition.custom()
                ? Status.methodNotSupported(
                                definition.group(),
                                definition.plural(),
                                call.target().verb().name().toLowerCase(Locale.ROOT))
                        .asException()
                : Status.methodNotAllowed().asException();
    }

    private static void warn(ResourceCall call) {
        String deprecation = call.version().deprecation();
        if (!deprecation.isEmpty()) {
            call.call().notes().warn(deprecation);
        }
    }

    private ApiResponse main(ResourceCall call) {
        ResourceDefinition definition = call.definition();
        Verb verb = verbOf(call);
        if (verb == null || !definition.verbs().contains(verb)) {
            throw notSupported(call);
        }
        warn(call);
        checkTypes(call, verb);
        ResourceHandler handler = handlers.get(definition.groupResource());
        if (handler != null) {
            return handler.handle(call, support);
        }
        return switch (verb) {
            case GET -> get.handle(call);
            case LIST -> list.handle(call);
            case WATCH -> watch.handle(call);
            case CREATE -> create.handle(call);
            case UPDATE -> update.handle(call);
            case PATCH -> patch.handle(call);
            case DELETE -> delete.handle(call);
            case DELETECOLLECTION -> deleteCollection.handle(call);
            default -> throw Status.methodNotAllowed().asException();
        };
    }

    /** The verb of the main resource, or null where the path has no such method. */
    private static @Nullable Verb verbOf(ResourceCall call) {
        Target.OfResource target = call.target();
        if (call.request().method().equals("HEAD")) {
            return null;
        }
        Verb verb = target.verb();
        boolean collection = target.name().isEmpty();
        boolean everywhere =
                call.definition().namespaced() && target.namespace().isEmpty();
        return switch (verb) {
            case LIST -> Verb.LIST;
            case WATCH -> Verb.WATCH;
            case CREATE -> {
                boolean virtual = call.definition().verbs().equals(Set.of(Verb.CREATE));
                yield collection && (!everywhere || virtual) ? Verb.CREATE : null;
            }
            case DELETECOLLECTION -> everywhere ? null : Verb.DELETECOLLECTION;
            case GET, UPDATE, PATCH, DELETE -> collection ? null : verb;
            default -> null;
        };
    }

    private static void checkTypes(ResourceCall call, Verb verb) {
        if (call.definition().custom()) {
            return;
        }
        ApiRequest request = call.request();
        RouteTypes types = switch (verb) {
            case LIST, WATCH -> RouteTypes.LISTS;
            case PATCH -> RouteTypes.PATCHES;
            default -> RouteTypes.OBJECTS;
        };
        types.check(
                request.method(),
                request.headers().firstOrEmpty("Content-Type"),
                request.headers().firstOrEmpty("Accept"));
    }

    private ApiResponse sub(ResourceCall call, Subresource subresource) {
        Verb verb = call.target().verb();
        if (call.request().method().equals("HEAD") && subresource.form() != Subresource.Form.HANDLER
                || !subresource.verbs().contains(verb)) {
            throw notSupported(call);
        }
        warn(call);
        if (subresource.form() == Subresource.Form.HANDLER) {
            ResourceHandler handler = handlers.get(call.definition().groupResource() + "/" + subresource.name());
            if (handler == null) {
                throw Status.noSuchPath().asException();
            }
            return handler.handle(call, support);
        }
        checkTypes(call, verb);
        if (subresource.form() == Subresource.Form.SCALE) {
            return scale.handle(call, verb);
        }
        return switch (verb) {
            case GET -> get.handle(call);
            case UPDATE -> update.handle(call);
            case PATCH -> patch.handle(call);
            default -> throw Status.methodNotAllowed().asException();
        };
    }
}
