package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlFormTest {

    private static final String HOSTILE =
            "</td></table><script src=\"https://example.org/x.js\"></script><img src='x' onerror='alert(1)'>&lt;b&gt; ]]>";

    @Test
    void whatOthersWroteIsTextAndNothingElse() throws Exception {
        var hostile = Mails.record(2, new Event.VerdictChange(HOSTILE, Health.UP, Health.DOWN, HOSTILE));
        var before = Mails.record(1, new Event.VerdictChange(HOSTILE, Health.DOWN, Health.UP, HOSTILE));

        var page = parsed(HtmlForm.of(Letter.about(hostile, List.of(before))));

        assertThat(elements(page))
                .containsOnly("html", "head", "meta", "title", "body", "p", "strong", "table", "tr", "th", "td", "pre");
        assertThat(attributes(page)).containsOnly("lang", "charset", "style");
        var title = page.getElementsByTagName("title").item(0);
        assertThat(title.getTextContent()).startsWith("[lb1] Check </td></table><script src=\"https://");
        var texts = page.getElementsByTagName("td");
        assertThat(texts.item(2).getTextContent()).isEqualTo(HOSTILE);
    }

    @Test
    void itNeedsNothingFromAnywhere() {
        var page = HtmlForm.of(Letter.about(Mails.transition(1, "master fell silent"), List.of()));

        assertThat(page).doesNotContain("http:", "https:", "url(", "<link", "<img", "<script", "href");
        assertThat(page).contains("=&gt; VRRP Instance is now owning VRRP VIPs &lt;=", "vrrp:explain VI_1");
    }

    /** As XML, which the page is but for one void element: whoever breaks out of a text breaks this. */
    private static Document parsed(String page) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var xml =
                page.replace("<!DOCTYPE html>\n", "").replace("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"/>");
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> elements(Document page) {
        var all = page.getElementsByTagName("*");
        var names = new ArrayList<String>();
        for (int i = 0; i < all.getLength(); i++) {
            names.add(all.item(i).getNodeName());
        }
        return names;
    }

    private static List<String> attributes(Document page) {
        var all = page.getElementsByTagName("*");
        var names = new ArrayList<String>();
        for (int i = 0; i < all.getLength(); i++) {
            var attributes = all.item(i).getAttributes();
            for (int j = 0; j < attributes.getLength(); j++) {
                names.add(attributes.item(j).getNodeName());
            }
        }
        return names;
    }
}
