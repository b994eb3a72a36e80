package io.halcyon.check.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what HAProxy would tell. */
final class Told {

    private static final String HEAD =
            "# pxname,svname,qcur,qmax,scur,smax,slim,status,weight,act,bck,type,last_chk,-,more,\n";

    private final List<String> rows = new ArrayList<>();
    private boolean stopping;
    private int connections = 3;

    static Told well() {
        return new Told()
                .frontend("web", "OPEN", 0, 10)
                .server("app", "a", "UP", 0)
                .server("app", "b", "UP", 0)
                .backend("app", 0);
    }

    Told frontend(String name, String status, int sessions, int limit) {
        return row("%s,FRONTEND,,,%d,%d,%d,%s,,,,0,,-,0,", name, sessions, sessions, limit, status);
    }

    Told server(String backend, String name, String status, int queued) {
        return row("%s,%s,%d,0,0,0,,%s,1,1,0,2,\"L4 \"\"ok\"\",\nfine\",-,0,", backend, name, queued, status);
    }

    Told backupServer(String backend, String name, String status) {
        return row("%s,%s,0,0,0,0,,%s,1,0,1,2,,-,0,", backend, name, status);
    }

    Told backend(String name, int queued) {
        return row("%s,BACKEND,%d,0,0,0,200,UP,1,1,0,1,,-,0,", name, queued);
    }

    Told row(String format, Object... values) {
        rows.add(String.format(Locale.ROOT, format, values));
        return this;
    }

    Told stopping() {
        stopping = true;
        return this;
    }

    Told connections(int now) {
        connections = now;
        return this;
    }

    String values() {
        return HEAD + String.join("\n", rows) + "\n\n";
    }

    String onSocket() {
        return "Name: HAProxy\nVersion: 2.6.12\nPid: 4711\nMaxconn: 100\nCurrConns: " + connections
                + "\nnode: vm\nStopping: " + (stopping ? 1 : 0) + "\n\n" + values();
    }

    /** In chunks, as HAProxy sends it. */
    String onPage() {
        var text = values();
        int half = text.length() / 2;
        return "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nTransfer-Encoding:  chunked\r\n\r\n"
                + chunk(text.substring(0, half)) + chunk(text.substring(half)) + "0\r\n\r\n";
    }

    private static String chunk(String text) {
        // As newer ones write it where they forward without a copy.
        return "%08X\r\n%s\r\n".formatted(text.length(), text);
    }
}
