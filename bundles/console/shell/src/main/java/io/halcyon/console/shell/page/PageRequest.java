package io.halcyon.console.shell.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * What is asked for, and of whom. The request is the one that a check sends.
 *
 * @param secure whether TLS is spoken
 * @param connect whom to connect to
 * @param authority Host header
 * @param path with its query
 */
public record PageRequest(boolean secure, HostPort connect, String authority, String path) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * From what somebody typed; what may be empty is taken from the URL then.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static PageRequest of(String url, String virtualhost, String connect) {
        URI uri = uri(url);
        boolean secure = uri.getScheme().equalsIgnoreCase("https");
        HostPort named = HostPort.of("url", uri.getRawAuthority());
        HostPort whom = connect.isEmpty() ? named : HostPort.of("--connect", connect);
        HostPort host = virtualhost.isEmpty() ? named : HostPort.of("--virtualhost", virtualhost);
        int preset = named.orPort(portOf(secure)).port();
        return new PageRequest(secure, whom.orPort(preset), authority(host, secure), pathOf(uri));
    }

    /** Where a server sends us; what was meant for one host only is not for another. */
    PageRequest redirected(String location) throws PageException {
        URI there;
        try {
            there = new URI(url()).resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new PageException("redirected to " + PageException.shown(location) + ", which is no URL");
        }
        boolean sameScheme = there.getScheme().equalsIgnoreCase(secure ? "https" : "http");
        if (!sameScheme || there.getRawAuthority() == null) {
            throw new PageException("redirected to " + PageException.shown(location)
                    + ", which a check does not follow: another scheme");
        }
        if (there.getRawAuthority().equalsIgnoreCase(authority)) {
            return new PageRequest(secure, connect, authority, pathOf(there));
        }
        try {
            return of(there.toASCIIString(), "", "");
        } catch (IllegalArgumentException e) {
            throw new PageException("redirected to " + PageException.shown(location) + ", which is no host");
        }
    }

    String url() {
        return (secure ? "https://" : "http://") + authority + path;
    }

    /** The name that TLS asks for, and that the certificate has to be for. */
    HostPort serverName() {
        return HostPort.of("host", authority);
    }

    byte[] bytes() {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + authority
                        + "\r\nUser-Agent: Halcyon\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(new URI(url).toASCIIString());
            boolean http = uri.getScheme() != null && uri.getScheme().matches("(?i)https?");
            if (http && uri.getRawAuthority() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "url " + url + " is refused: allowed is http://HOST/PATH or https://HOST/PATH, with a port if need be");
    }

    private static String authority(HostPort host, boolean secure) {
        return host.port() == portOf(secure) ? new HostPort(host.host(), 0).toString() : host.toString();
    }

    private static int portOf(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    private static String pathOf(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
