package io.halcyon.console.shell.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.console.shell.page.OneAnswer.Ending;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PageClientTest {

    private static final String HELLO_MD5 = "5eb63bbbe01eeed093cb22bb8f5acdc3";
    private static final String HELLO_SHA256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    private static final String NOTHING_MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";

    @ParameterizedTest
    @ValueSource(
            strings = {
                HELLO + "and what does not belong to it",
                "HTTP/1.1 200 OK\r\n\r\nhello world",
                "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nhello world",
                "HTTP/1.1 200\ncontent-length: 11\n\nhello world",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5;name=value\r\nworld\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n00b\r\nhello world\r\n0\r\nTrailer: x\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HELLO,
            })
    void theDigestIsThatOfTheBodyAlone(String answer) throws Exception {
        try (var server = OneAnswer.of(answer)) {
            Page page = fetch(server, "/");

            assertThat(page.digest()).isEqualTo(HELLO_MD5);
            assertThat(page.bytes()).isEqualTo(11);
            assertThat(page.status()).isEqualTo(200);
            assertThat(client("SHA-256").fetch(request(server, "/"), 0).digest())
                    .isEqualTo(HELLO_SHA256);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"})
    void nothingHasADigestToo(String answer) throws Exception {
        try (var server = OneAnswer.of(answer, Ending.SILENCE)) {
            assertThat(fetch(server, "/").digest()).isEqualTo(NOTHING_MD5);
        }
    }

    /** Who asks differently may be answered differently. */
    @Test
    void theRequestIsThatOfACheck() throws Exception {
        try (var server = OneAnswer.of(HELLO)) {
            client("MD5").fetch(PageRequest.of(server.url("/a%20b?c=d#e"), "www.example.org", ""), 0);
            client("MD5").fetch(PageRequest.of("http://www.example.org:81", "", "127.0.0.1:" + server.port()), 0);

            assertThat(server.requests)
                    .containsExactly(
                            asked("GET /a%20b?c=d HTTP/1.1", "Host: www.example.org"),
                            asked("GET / HTTP/1.1", "Host: www.example.org:81"));
        }
    }

    private static String asked(String line, String host) {
        return String.join("\r\n", line, host, "User-Agent: Halcyon", "Connection: close", "", "");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            '' => the server ended the connection without an answer
            'HTTP/1.1 200 OK|Content-' => the server ended the connection within the answer
            'SSH-2.0-OpenSSH|' => the answer is not HTTP, it begins with 'SSH-2.0-OpenSSH'
            'HTTP/1.1 999999|' => the answer is not HTTP, it begins with 'HTTP/1.1 999999'
            'HTTP/1.1 200 OK|Content-Length: 12||hello world' => the server ended the connection within the body, after 11 bytes
            'HTTP/1.1 200 OK|Content-Length: -1||hello world' => content-length makes no sense or is too long: '-1'
            'HTTP/1.1 200 OK|Content-Length: 11|Content-Length: 5||hello world' => content-length is given twice: '11 and 5'
            'HTTP/1.1 200 OK|Content-Length:||hello world' => content-length makes no sense or is too long: ''
            'HTTP/1.1 200 OK|Content-Length: 1048577||' => content too long: more than the 1048576 bytes that a check reads (body.max)
            'HTTP/1.1 200 OK|Transfer-Encoding: chunked||fffffff|' => content too long: more than the 1048576 bytes that a check reads (body.max)
            'HTTP/1.1 200 OK|Transfer-Encoding: chunked||-5|' => the size of a chunk makes no sense: '-5'
            'HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello world|' => a chunk is longer than its size says
            'HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hel' => the server ended the connection within the body, after 3 bytes
            'HTTP/1.1 200 OK|Transfer-Encoding: gzip||x' => transfer-encoding is not chunked: 'gzip'
            """)
    void whatMakesNoSenseIsToldInOneSentence(String answer, String told) throws Exception {
        try (var server = OneAnswer.of(answer.replace("|", "\r\n"))) {
            assertThatThrownBy(() -> fetch(server, "/x"))
                    .isInstanceOf(PageException.class)
                    .hasMessage(server.url("/x") + ": " + told);
        }
    }

    @Test
    void aBodyHasOneMebibyteAndAHeader64KibAtMost() throws Exception {
        String most = "x".repeat(PageReader.BODY_MOST);
        try (var fits = OneAnswer.of("HTTP/1.1 200 OK\r\n\r\n" + most);
                var tooLong = OneAnswer.of("HTTP/1.1 200 OK\r\n\r\n" + most + "y");
                var header = OneAnswer.of("HTTP/1.1 200 OK\r\nName: " + "x".repeat(1 << 16))) {
            assertThat(fetch(fits, "/").bytes()).isEqualTo(1 << 20);
            assertThatThrownBy(() -> fetch(tooLong, "/")).hasMessageContaining("content too long", "body.max");
            assertThatThrownBy(() -> fetch(header, "/")).hasMessageEndingWith("the header is longer than 64 KiB");
        }
    }

    /** The lines between them are no part of a header. */
    @Test
    void chunksMayBeAsSmallAndAsManyAsTheyLike() throws Exception {
        String chunks = "1\r\nx\r\n".repeat(50_000);
        try (var server = OneAnswer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
                var endless =
                        OneAnswer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(300))) {
            assertThat(fetch(server, "/").bytes()).isEqualTo(50_000);
            assertThatThrownBy(() -> fetch(endless, "/")).hasMessageContaining("the size of a chunk makes no sense");
        }
    }

    @ParameterizedTest
    @CsvSource({"SILENCE,''", "DRIP,'HTTP/1.1 200 OK|'", "DRIP,'HTTP/1.1 200 OK||'"})
    void nobodyCanKeepUsWaiting(Ending ending, String answer) throws Exception {
        try (var server = OneAnswer.of(answer.replace("|", "\r\n"), ending)) {
            var hasty = new PageClient(Trust.anybody(), "MD5", Duration.ofSeconds(1));
            long begun = System.nanoTime();

            assertThatThrownBy(() -> hasty.fetch(request(server, "/"), 0))
                    .hasMessage(server.url("/") + ": no complete answer within 1 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void whoeverDoesNotAnswerIsNamed() throws Exception {
        int free;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }

        assertThatThrownBy(() ->
                        client("MD5").fetch(PageRequest.of("http://www.example.org/", "", "127.0.0.1:" + free), 0))
                .hasMessage("http://www.example.org/: connect to 127.0.0.1:" + free + ": Connection refused");
        assertThatThrownBy(() -> client("MD5").fetch(PageRequest.of("http://nosuch.invalid/", "", ""), 0))
                .hasMessage("http://nosuch.invalid/: nosuch.invalid cannot be resolved");
    }

    @Test
    void aRedirectIsFollowedOnlyIfItIsAskedFor() throws Exception {
        try (var end = OneAnswer.of(HELLO);
                var near = OneAnswer.of("HTTP/1.1 301 Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
                var far = OneAnswer.of(
                        "HTTP/1.1 302 Found\r\nLocation: " + end.url("/there") + "\r\nContent-Length: 0\r\n\r\n");
                var secure = OneAnswer.of("HTTP/1.1 302 Found\r\nLocation: https://a/\r\nContent-Length: 0\r\n\r\n")) {
            Page page = client("MD5").fetch(PageRequest.of(far.url("/"), "www.example.org", ""), 1);

            assertThat(page.digest()).isEqualTo(HELLO_MD5);
            assertThat(page.url()).isEqualTo(end.url("/there"));
            assertThat(page.redirects()).isEqualTo(1);
            assertThat(end.requests).singleElement().asString().contains("Host: 127.0.0.1:" + end.port() + "\r\n");
            assertThat(fetch(far, "/").status()).isEqualTo(302);
            assertThat(client("MD5")
                            .fetch(PageRequest.of(near.url("/"), "www.example.org", ""), 3)
                            .status())
                    .isEqualTo(301);
            assertThat(near.requests).hasSize(4).last().asString().contains("GET /there", "Host: www.example.org\r\n");
            assertThatThrownBy(() -> client("MD5").fetch(request(secure, "/"), 1))
                    .hasMessageEndingWith("redirected to 'https://a/', which a check does not follow: another scheme");
        }
    }

    private static Page fetch(OneAnswer server, String path) throws Exception {
        return client("MD5").fetch(request(server, path), 0);
    }

    private static PageRequest request(OneAnswer server, String path) {
        return PageRequest.of(server.url(path), "", "");
    }

    private static PageClient client(String algorithm) {
        return new PageClient(Trust.anybody(), algorithm, Duration.ofSeconds(20));
    }
}
