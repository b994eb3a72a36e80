package io.halcyon.check.sql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code sql}. */
@ObjectClassDefinition(name = "sql", description = "Up while a database answers a query, in time and as expected.")
@interface SqlKeys {

    @AttributeDefinition(name = "URL", description = "JDBC URL of the database, without a password.")
    String url();

    @AttributeDefinition(
            name = "Driver",
            description = "Class of the JDBC driver; empty: the first one that takes the URL.",
            required = false)
    String driver() default "";

    @AttributeDefinition(name = "User", description = "Who asks; empty: nobody in particular.", required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password of the user.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    @AttributeDefinition(name = "Query", description = "What is asked.")
    String query() default "SELECT 1";

    @AttributeDefinition(
            name = "Expected value",
            description = "First value of the first row as text; empty: any, if there is a row.",
            required = false)
    String expected() default "";

    @AttributeDefinition(
            name = "Greatest value",
            description = "DEGRADED when the first value is a number above this; empty: no limit.",
            required = false)
    String value_max() default "";
}
