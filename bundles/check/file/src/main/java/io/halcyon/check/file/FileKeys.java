package io.halcyon.check.file;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code file}. */
@ObjectClassDefinition(name = "file", description = "Up while a file is there, is young, or says what it should.")
@interface FileKeys {

    @AttributeDefinition(name = "File", description = "Absolute path of the file.")
    String file();

    @AttributeDefinition(
            name = "Existence",
            description =
                    "Whether it must be there (yes), must not (no), or may be missing, which then is a success (any).",
            options = {@Option("yes"), @Option("no"), @Option("any")})
    String exists() default "yes";

    @AttributeDefinition(
            name = "Greatest age",
            description = "DOWN when it was last written longer ago than this, in seconds; 0 means no limit.",
            min = "0")
    double age_max() default 0;

    @AttributeDefinition(name = "Text", description = "Text that the file must contain.", required = false)
    String contains() default "";

    @AttributeDefinition(
            name = "Regular expression",
            description =
                    "Java regular expression that must be found in the file; ^ and $ are begin and end of a line.",
            required = false)
    String regex() default "";

    @AttributeDefinition(name = "No match", description = "The regular expression must not be found.", required = false)
    boolean regex_no_match() default false;

    @AttributeDefinition(
            name = "Dynamic weight",
            description = "The file holds an integer; it is the weight for whoever tracks the check.",
            required = false)
    boolean dynamic() default false;

    @AttributeDefinition(
            name = "Multiplier",
            description = "The number is multiplied by this; with 0 any number but 0 means FAULT.",
            min = "-2147483647",
            max = "2147483647")
    int multiplier() default 1;

    @AttributeDefinition(
            name = "Initial number",
            description = "Number that a missing file is made with at the first look; empty: it is not made.",
            required = false)
    String init_file() default "";

    @AttributeDefinition(
            name = "Overwrite",
            description = "The initial number is written at the first look even if the file is there.",
            required = false)
    boolean init_file_overwrite() default false;

    @AttributeDefinition(
            name = "Limit",
            description = "DOWN when content is asked for and the file has more bytes than this.",
            min = "1",
            max = "67108864")
    int limit() default 1_048_576;
}
