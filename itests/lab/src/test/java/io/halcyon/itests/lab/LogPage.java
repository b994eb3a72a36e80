package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The messages that docs/log-messages.md promises, and the chapter of our stories in which each must be logged. */
final class LogPage {

    /** Backticked text that begins like one of our lines, or is a part of one. */
    private static final Pattern MESSAGE = Pattern.compile(
            "`((?:VI_\\d |check=\\w+ |ops[ :]|<file>:|halcyon |link-monitor |is |does |has |exit |master |lvs=\\w+ |nftables: "
                    + "|connections are |lvs\\.sync\\.daemon: )[^`]*)`");

    /**
     * What takes a kernel that refuses netlink or has IPVS, a host that is too slow or whose settings cannot be written, a disk
     * that does not take anything, a minute, or a bundle that is taken away.
     * What a page says of virtual servers is held against the code as well, by {@code itests/architecture}.
     */
    private static final List<String> NOT_PROVOKED = List.of(
            "link-monitor cannot read interfaces",
            "VI_1 vrid=51 192.168.88.50/32 not renewed in time",
            "VI_1 vrid=51 192.168.88.50/24 was not removed",
            "lvs=web waiting for a data plane: no data plane",
            "lvs=web what was decided by hand lasts only until the next start",
            "lvs=web will begin as if for the first time",
            "lvs=web what it was like cannot be forgotten",
            "nftables: not all connections of servers that left end",
            "lvs=web is configured no more",
            "connections are told on");

    /** What stands before a part of a line. */
    private static final Map<String, String> BEFORE = Map.of(
            "is down", "-> FAULT, interface ens33 ",
            "does not exist", "-> FAULT, interface ens99 ",
            "has no IPv4 address", "-> FAULT, interface ens33 ",
            "is there again", "VI_1 vrid=51 192.168.88.50/32 ",
            "exit status 0", "check=<check> UNKNOWN -> UP, ",
            "master process is alive, HTTP 200", "check=<check> UNKNOWN -> UP, ");

    /** Chapter, and how its messages begin. */
    private static final String CHAPTERS =
            """
            start     | VI_1 vrid=51 INIT -> BACKUP,
            start     | VI_1 vrid=51 BACKUP -> MASTER, nobody advertised
            start     | VI_1 vrid=51 effective priority 100 -> 102
            start     | check=chk_http_port UNKNOWN -> UP
            start     | exit status 0
            start     | check=chk_http_port UNKNOWN, refused to run as root: <path> (owner <name>
            start     | check=chk_http_port UNKNOWN, refused to run as root: <path> (owner root
            start     | VI_1 configured by
            start     | check=chk_http_port configured by
            start     | ops configured by
            join      | VI_2 vrid=52 MASTER -> BACKUP
            trouble   | check=chk_http_port UP -> DOWN, timed out
            trouble   | check=chk_http_port UP -> DOWN, signal 15
            start     | ops: event
            mail      | ops: goes on
            edit      | <file>: priority
            removed   | VI_1 vrid=51 192.168.88.50/32 was removed by somebody else
            removed   | is there again
            crash     | VI_1 vrid=51 BACKUP -> MASTER, nothing heard
            return    | VI_1 vrid=51 BACKUP -> MASTER, <address> advertises
            return    | VI_1 vrid=51 <address> is master
            stop      | VI_1 vrid=51 MASTER -> INIT, planned stop
            stop      | VI_1 vrid=51 BACKUP -> MASTER, <address> gave up
            cable     | VI_1 vrid=51 MASTER -> FAULT, interface ens33 has no carrier
            lease     | VI_1 vrid=51 192.168.88.50/32 was removed by the kernel
            lease     | VI_1 vrid=51 stalled for
            meanwhile | VI_1 vrid=51 MASTER -> BACKUP, stalled
            nginx     | master process is alive
            remedy    | check=chk_http_port process:
            remedy    | check=chk_http_port restart.command ended
            broken    | check=chk_http_port UP -> DOWN, process:
            broken    | VI_1 vrid=51 effective priority 100 -> 80
            launcher  | halcyon <version> started
            resume    | VI_1 vrid=51 BACKUP -> MASTER, resumes
            down      | is down
            address   | has no IPv4 address
            elsewhere | does not exist
            flapping  | check=chk_http_port UP -> DOWN, flapping
            flapping  | check=chk_http_port run failed
            by hand   | check=chk_http_port forced
            by hand   | check=chk_http_port disabled
            by hand   | check=chk_http_port back to normal
            no type   | check=chk_http_port UNKNOWN, waiting for type
            ended     | halcyon stopped
            no socket | VI_1 vrid=51 INIT -> FAULT, transport raw cannot use
            damage    | lvs=web is as usual
            damage    | lvs=web begins as if for the first time
            damage    | lvs=web configured by
            damage    | lvs=web UNKNOWN -> UP
            warnings  | lvs=web real.server.web2: no check looks at it
            warnings  | lvs=web check.page looks at no real server
            warnings  | lvs=web quorum =
            warnings  | lvs=web slow.start does nothing
            failures  | lvs=web real=web1 UP -> DOWN
            failures  | lvs=web UP -> DOWN
            recovery  | lvs=web real=web1 DOWN -> UP
            recovery  | lvs=web DOWN -> UP
            drained   | lvs=web real=web1 drained by hand
            drained   | lvs=web real=web1 no longer drained
            drained   | lvs=web real=web1 weight 3 by hand
            drained   | lvs=web real=web1 back to its configured weight
            no plane  | lvs=web waiting for a data plane: data plane <name> is not installed
            refused   | <file>: lvs.sched
            rival     | lvs=web <service> was changed by somebody else
            rival     | nftables: somebody had changed
            no nft    | lvs=web <service> is not as it should be
            no nft    | nftables: nft is not installed
            nft again | lvs=web <service> is in the kernel now
            no router | lvs.sync.daemon: there is no router
            no router | nftables: lvs.sync.daemon
            no router | connections are learned on
            leaves    | lvs=web removed
            """;

    /** What a chapter's log must contain. */
    record Promise(String chapter, String message) {

        boolean keptBy(String log) {
            return pattern(message).matcher(log).find();
        }
    }

    private LogPage() {}

    /** All of the page; fails unless each belongs to exactly one chapter, and each line above to a message. */
    static List<Promise> promises() {
        var chapters = CHAPTERS.lines().map(line -> line.split(" *\\| ", 2)).toList();
        var messages = messages();
        chapters.stream()
                .filter(chapter -> messages.stream().noneMatch(message -> message.startsWith(chapter[1])))
                .findFirst()
                .ifPresent(chapter -> {
                    throw new LabException("no message of the page begins with " + chapter[1]);
                });
        return messages.stream()
                .map(message -> {
                    var found = chapters.stream()
                            .filter(chapter -> message.startsWith(chapter[1]))
                            .map(chapter -> chapter[0])
                            .toList();
                    if (found.size() != 1) {
                        throw new LabException("chapters " + found + " for " + message);
                    }
                    return new Promise(found.get(0), message);
                })
                .toList();
    }

    private static List<String> messages() {
        try {
            var page = Files.readString(Distribution.root().resolve("docs/log-messages.md"));
            return MESSAGE.matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .filter(message -> NOT_PROVOKED.stream().noneMatch(message::startsWith))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code <...>} and numbers differ from time to time, names from case to case. */
    private static Pattern pattern(String message) {
        var whole = BEFORE.getOrDefault(message, "") + message.replace("chk_http_port", "<check>");
        return Pattern.compile(List.of(whole.split("(?<=>)(?=[^>])|(?=<)", -1)).stream()
                .map(part -> part.startsWith("<") && part.endsWith(">")
                        ? ".+"
                        : part.replaceAll("([^\\w ])", "\\\\$1").replaceAll("\\d+", "\\\\d+"))
                .collect(Collectors.joining()));
    }
}
