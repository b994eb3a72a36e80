package io.halcyon.console.shell.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A completion for bash: verbs, commands and options are in it; names are asked of the running container. */
final class BashCompletion {

    private static final String SCRIPT =
            """
            # Completion of halcyon @VERSION@ for bash, made from its commands. Names come from the running container;
            # where none runs, or it does not answer within two seconds, they are not offered.

            _halcyon() {
                local line=${COMP_LINE:0:COMP_POINT} current fixed= asked= colon word
                local -a words
                # COMP_WORDS is split at colons.
                read -ra words <<<"$line"
                [[ $line != *[[:space:]] ]] || words+=("")
                current=${words[${#words[@]} - 1]}
                if ((${#words[@]} <= 2)); then
                    fixed="@FIRST@"
                elif [[ $current == -* ]]; then
                    case ${words[1]} in
            @OPTIONS@
                    esac
                else
                    case ${words[1]} in
                        @VERBS@) ;;
                        *)
                            asked=$(
                                IFS=$'\\n'
                                exec timeout 2 "${words[0]/#\\~/$HOME}" ha:complete "${words[*]:1}" 2>/dev/null </dev/null
                            )
                            ;;
                    esac
                fi
                COMPREPLY=()
                # Bash has split the word at its colons, and replaces what is behind the last one.
                colon=
                if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
                    colon=${current%"${current##*:}"}
                fi
                while IFS= read -r word; do
                    if [[ -n $word && $word == "$current"* ]]; then
                        printf -v word %q "${word#"$colon"}"
                        COMPREPLY+=("$word")
                    fi
                done <<<"${fixed// /$'\\n'}"$'\\n'"$asked"
            }

            complete -F _halcyon halcyon
            """;

    private BashCompletion() {}

    static String of(String version, List<Verb> verbs, List<CommandModel> commands) {
        List<String> first = new ArrayList<>(verbs.stream().map(Verb::name).toList());
        commands.forEach(command -> first.add(command.name()));
        List<String> options = new ArrayList<>();
        verbs.stream()
                .filter(verb -> !verb.options().isEmpty())
                .forEach(verb -> options.add(branch(verb.name(), verb.options())));
        commands.stream()
                .filter(command -> !command.options().isEmpty())
                .forEach(command -> options.add(branch(
                        command.name(),
                        command.options().stream()
                                .flatMap(option -> option.names().stream())
                                .toList())));
        return SCRIPT.replace("@VERSION@", version)
                .replace("@FIRST@", String.join(" ", first))
                .replace("@VERBS@", verbs.stream().map(Verb::name).collect(Collectors.joining(" | ")))
                .replace("@OPTIONS@", String.join("\n", options));
    }

    private static String branch(String name, List<String> options) {
        return "            " + name + ") fixed=\"" + String.join(" ", options) + "\" ;;";
    }
}
