package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.TrackStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to the explanation of a router what the checks say that it tracks: nobody else knows both. */
final class TrackedChecks {

    /** All that was kept is in {@code check:show}. */
    private static final int MOST_LINES = 10;

    private TrackedChecks() {}

    /** The checks among the trackers; those that are not there are missing here, too. */
    static List<CheckStatus> of(List<TrackStatus> tracks, Optional<CheckService> checks) {
        return tracks.stream()
                .filter(track -> track.kind().equals("script"))
                .map(TrackStatus::name)
                .distinct()
                .flatMap(name -> checks.flatMap(service -> service.check(name)).stream())
                .toList();
    }

    static RouterExplanation explain(RouterExplanation router, List<CheckStatus> checks) {
        List<String> because = new ArrayList<>(router.because());
        List<String> warnings = new ArrayList<>(router.warnings());
        for (CheckStatus check : checks) {
            for (String line : lastLines(check.details().getOrDefault("output", ""))) {
                because.add("check " + check.name() + " printed: " + line);
            }
            check.warnings().forEach(warning -> warnings.add("check " + check.name() + ": " + warning));
        }
        return new RouterExplanation(
                router.name(), router.state(), because, router.wouldChange(), warnings, router.history());
    }

    private static List<String> lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }
}
