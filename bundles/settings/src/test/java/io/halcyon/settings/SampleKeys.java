package io.halcyon.settings;

/** A type as engines have it; its metatype lies in the test resources, as bnd writes it. */
@interface SampleKeys {

    enum Colour {
        RED,
        GREEN
    }

    String interface$();

    int virtual_router_id();

    String state() default "BACKUP";

    double advert_int() default 1;

    String[] virtual_ipaddress();

    String[] events() default {"one, two", "three"};

    boolean nopreempt() default false;

    String auth_pass();

    long bytes() default 5_000_000_000L;

    int repeat() default 5;

    int[] ports() default {};

    Colour colour() default Colour.RED;

    String note();

    int spare();
}
