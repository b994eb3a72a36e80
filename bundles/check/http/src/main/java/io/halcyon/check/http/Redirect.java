package io.halcyon.check.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a server sends us. */
final class Redirect {

    private Redirect() {}

    /** A redirect without a place to go to is an answer like any other. */
    static boolean isOne(Answer answer) {
        return switch (answer.status) {
            case 301, 302, 303, 307, 308 -> !answer.location.isEmpty();
            default -> false;
        };
    }

    /**
     * The next request.
     *
     * @throws Fault if we do not go there: it is no URL, or one of another scheme
     */
    static HttpRequest follow(HttpRequest from, Answer answer) throws Fault {
        URI here;
        URI there;
        try {
            here = new URI((from.origin().secure() ? "https://" : "http://") + from.authority() + quoted(from.path()));
            // RFC 3986 section 5.2.2: a query alone is one of the same page. The JDK follows its predecessor there.
            var location = answer.location.startsWith("?") ? here.getRawPath() + answer.location : answer.location;
            there = new URI(here.resolve(new URI(location)).toASCIIString());
        } catch (URISyntaxException e) {
            throw new Fault("redirected to " + Fault.shown(answer.location) + ", which is no URL");
        }
        if (!here.getScheme().equalsIgnoreCase(there.getScheme())
                || there.getRawAuthority() == null
                || there.getHost() == null) {
            throw new Fault("redirected to " + Fault.shown(answer.location) + ", which is not asked for by this type");
        }
        boolean sameSite = there.getRawAuthority().equalsIgnoreCase(here.getRawAuthority());
        var template = sameSite ? from.template() : from.template().forStranger();
        if (answer.status <= 303) {
            template = template.asGet();
        }
        if (sameSite) {
            return HttpRequest.of(from.origin(), template, from.authority(), path(there));
        }
        return HttpRequest.of(stranger(from.origin().secure(), there), template, "", path(there));
    }

    /** A path with the characters that servers take and a URL must not have. */
    private static String quoted(String path) {
        var quoted = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if ("\"<>\\^`{|}".indexOf(c) >= 0) {
                quoted.append('%').append(Integer.toHexString(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.toString();
    }

    private static Origin stranger(boolean secure, URI there) throws Fault {
        int port = there.getPort() < 0 ? (secure ? 443 : 80) : there.getPort();
        try {
            var origin = Origin.of(secure, there.getHost(), port, null);
            return origin.isAddress() ? origin : Origin.of(secure, there.getHost(), port, there.getHost());
        } catch (IllegalArgumentException e) {
            throw new Fault("redirected to " + Fault.shown(there.toString()) + ", which is no host");
        }
    }

    private static String path(URI there) {
        var path = there.getRawPath() == null || there.getRawPath().isEmpty() ? "/" : there.getRawPath();
        return there.getRawQuery() == null ? path : path + "?" + there.getRawQuery();
    }
}
