package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;

/**
 * The style in which a client is shown text. Caches the style that follows from the last known
 * facts.
 */
final class ClientStyle {
    private ClientFacts facts = ClientFacts.NONE;
    private RenderStyle plain = RenderStyle.of(ClientFacts.NONE, OutputOptions.NONE);

    /**
     * Returns the style for a text.
     *
     * @param known the current facts about the client
     * @param options the output options of the text
     */
    @SuppressWarnings("ReferenceEquality") // facts are immutable: same object, same facts
    RenderStyle of(ClientFacts known, OutputOptions options) {
        if (known != facts) {
            facts = known;
            plain = RenderStyle.of(known, OutputOptions.NONE);
        }
        return options.said().isEmpty() ? plain : RenderStyle.of(known, options);
    }
}
