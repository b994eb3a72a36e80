package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether SELinux or AppArmor has denied something to us or to a script of ours since the container started. */
final class AccessControl implements Examination {

    private static final int TAIL_BYTES = 256 * 1024;
    private static final String AUDIT_LOG = "/var/log/audit/audit.log";
    private static final List<String> LOGS =
            List.of(AUDIT_LOG, "/var/log/kern.log", "/var/log/syslog", "/var/log/messages");

    /** Programs that others start, too. */
    private static final Pattern SYSTEMS = Pattern.compile("[^/]*|(/usr(/local)?)?/s?bin/[^/]*");

    private static final Pattern WHEN = Pattern.compile("audit\\((\\d{1,12})\\.\\d+:\\d+\\)");
    private static final Pattern FIELD = Pattern.compile("\\b(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern SELINUX = Pattern.compile("avc: +denied");
    private static final Pattern APPARMOR = Pattern.compile("apparmor=\"DENIED\"");

    private final Tree tree;
    private final Commands commands;
    private final long pid;
    private final Instant start;

    /**
     * Looks for denials.
     *
     * @param pid ours
     * @param start when the container started: what was denied before may be cured
     */
    AccessControl(Tree tree, Commands commands, long pid, Instant start) {
        this.tree = tree;
        this.commands = commands;
        this.pid = pid;
        this.start = start;
    }

    @Override
    public String subject() {
        return "SELinux and AppArmor";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        boolean selinux =
                tree.text("/sys/fs/selinux/enforce").filter("1"::equals).isPresent();
        boolean apparmor = tree.text("/sys/module/apparmor/parameters/enabled")
                .filter("Y"::equals)
                .isPresent();
        if (!selinux && !apparmor) {
            sheet.examined("SELinux and AppArmor: neither is in force");
            return;
        }
        List<String> read = new ArrayList<>();
        List<String> ours = denials(situation, read, sheet);
        if (selinux) {
            selinux(ours.stream().filter(SELINUX.asPredicate()).toList(), sheet);
        }
        if (apparmor) {
            apparmor(ours.stream().filter(APPARMOR.asPredicate()).toList(), sheet);
        }
        sheet.examined((selinux ? "SELinux" : "AppArmor") + " is in force: denials in " + String.join(", ", read)
                + " since the start of the container");
    }

    private List<String> denials(Situation situation, List<String> read, Sheet sheet) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String log : LOGS) {
            try {
                Optional<List<String>> found = tree.lastLines(log, TAIL_BYTES);
                found.ifPresent(lines::addAll);
                found.ifPresent(unused -> read.add(log));
            } catch (AccessDeniedException e) {
                sheet.notExamined(
                        subject() + ": " + log + " cannot be read by this user; as root: grep -i denied " + log);
            }
        }
        if (read.isEmpty()) {
            commands.run(List.of("dmesg")).lines().forEach(lines::add);
            read.add("the kernel's log");
        }
        List<String> names = ourNames(situation);
        return lines.stream()
                .filter(line -> concernsUs(line, names) && isRecent(line))
                .distinct()
                .toList();
    }

    private boolean isRecent(String line) {
        Matcher when = WHEN.matcher(line);
        return when.find() && Long.parseLong(when.group(1)) >= start.getEpochSecond();
    }

    private boolean concernsUs(String line, List<String> names) {
        boolean denied = SELINUX.matcher(line).find() || APPARMOR.matcher(line).find();
        return denied
                && !line.contains("permissive=1")
                && (field(line, "pid").equals(Long.toString(pid))
                        || line.contains("halcyon")
                        || names.contains(field(line, "comm"))
                        || names.contains(field(line, "name")));
    }

    /** What we start: scripts by their paths and, unless they are the system's, as the kernel cuts their names. */
    private static List<String> ourNames(Situation situation) {
        return Stream.concat(
                        Stream.of("nft"),
                        Scripts.commands(situation).stream()
                                .map(Scripts.Command::file)
                                .flatMap(file -> SYSTEMS.matcher(file).matches()
                                        ? Stream.of(file)
                                        : Stream.of(file, cut(file.substring(file.lastIndexOf('/') + 1)))))
                .toList();
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(15, name.length()));
    }

    private static void selinux(List<String> denials, Sheet sheet) {
        if (denials.isEmpty()) {
            return;
        }
        String last = denials.get(denials.size() - 1);
        Matcher what = Pattern.compile("denied +\\{([^}]*)\\}").matcher(last);
        String comm = field(last, "comm");
        sheet.found(
                Severity.CRITICAL,
                "SELinux",
                "denials since the start: " + denials.size() + ", the last: "
                        + (what.find() ? what.group(1).strip() : "?")
                        + " on " + (field(last, "tclass") + " " + field(last, "name")).strip() + " for " + comm + " ("
                        + field(last, "scontext") + " to " + field(last, "tcontext") + ")",
                "what is denied fails whatever modes and owners say: sockets, nft, scripts",
                "ausearch -m avc -ts today -c '" + comm + "' --raw | audit2allow -M halcyon-local && semodule -i"
                        + " halcyon-local.pp (read halcyon-local.te before)");
    }

    private static void apparmor(List<String> denials, Sheet sheet) {
        if (denials.isEmpty()) {
            return;
        }
        String last = denials.get(denials.size() - 1);
        String profile = field(last, "profile");
        sheet.found(
                Severity.CRITICAL,
                "AppArmor",
                "denials since the start: " + denials.size() + ", the last: " + field(last, "operation") + " on "
                        + field(last, "name") + " for " + field(last, "comm") + " by profile " + profile,
                "what is denied fails whatever modes and owners say: sockets, nft, scripts",
                "aa-complain '" + profile + "' (then allow it in /etc/apparmor.d, and aa-enforce)");
    }

    private static String field(String line, String name) {
        Matcher fields = FIELD.matcher(line);
        while (fields.find()) {
            if (fields.group(1).equals(name)) {
                return fields.group(2) == null ? fields.group(3) : fields.group(2);
            }
        }
        return "";
    }
}
