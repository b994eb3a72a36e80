package io.halcyon.console.shell.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @ParameterizedTest
    @CsvSource({
        "http://a,,,a:80,a,/",
        "HTTP://a:80/x,,,a:80,a,/x",
        "https://a:80/x,,,a:80,a:80,/x",
        "https://a/x?y=z,,,a:443,a,/x?y=z",
        "http://192.0.2.1:8080/,www.example.org,,192.0.2.1:8080,www.example.org,/",
        "http://192.0.2.1/,www.example.org:8081,,192.0.2.1:80,www.example.org:8081,/",
        "http://a:81/,,192.0.2.1,192.0.2.1:81,a:81,/",
        "https://a/,,192.0.2.1:8443,192.0.2.1:8443,a,/",
        "http://[2001:db8::1]/,,,[2001:db8::1]:80,[2001:db8::1],/",
        "http://a/,,2001:db8::1,[2001:db8::1]:80,a,/",
        "http://a/,,[2001:db8::1]:8080,[2001:db8::1]:8080,a,/",
        "http://a/b c,,,,,",
    })
    void whatIsAskedAndOfWhom(
            String url, String virtualhost, String connect, String whom, String authority, String path) {
        if (whom == null) {
            assertThatThrownBy(() -> PageRequest.of(url, "", "")).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        var request = PageRequest.of(url, virtualhost == null ? "" : virtualhost, connect == null ? "" : connect);

        assertThat(request.connect()).hasToString(whom);
        assertThat(request.authority()).isEqualTo(authority);
        assertThat(request.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "/x", "ftp://a/", "http:///x", "http://user:secret@a/", "http:a", "http://a/\r\nX: y"})
    void whatIsNoUrlIsRefused(String url) {
        assertThatThrownBy(() -> PageRequest.of(url, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url " + url
                        + " is refused: allowed is http://HOST/PATH or https://HOST/PATH, with a port if need be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nX: y", "a:65536", "a:b", "[a", "a/b", ":80"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> PageRequest.of("http://a/", host, ""))
                .hasMessageStartingWith("--virtualhost " + host + " is refused: allowed is a host name");
        assertThatThrownBy(() -> PageRequest.of("http://a/", "", host))
                .hasMessageStartingWith("--connect " + host + " is refused: allowed is a host name");
    }
}
