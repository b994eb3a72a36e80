package io.halcyon.check.http;

/**
 * One URL and what is expected of it.
 *
 * @param request what is sent
 * @param expectation what must come back
 */
record Question(HttpRequest request, Expectation expectation) {}
