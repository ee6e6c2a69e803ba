namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// Reads the response messages of an answer: one per input, in request order. HTTP is 200 even if each of them is an error.
/// </summary>
internal static class ResponseMessages
{
    /// <summary>Takes one payload child of a successful message, and what was gathered from it so far.</summary>
    public delegate T? Payload<T>(EwsXmlReader xml, T? soFar) where T : class;

    /// <param name="xml">Stands on the response element.</param>
    /// <param name="expected">How many inputs the request had.</param>
    /// <param name="seed">What a message without payload amounts to; null if it needs one.</param>
    /// <param name="payload">Called for each child that is no part of the status.</param>
    public static IReadOnlyList<EwsResult<T>> Read<T>(EwsXmlReader xml, int expected, T? seed, Payload<T> payload) where T : class
    {
        var results = new List<EwsResult<T>>(expected);
        for (var parts = xml.Children(); parts.Next();)
        {
            if (!xml.Is("ResponseMessages"))
                continue;
            for (var messages = xml.Children(); messages.Next();)
                results.Add(results.Count < expected ? ReadMessage(xml, seed, payload)
                    : throw xml.Malformed($"more than {expected} response messages to {expected} inputs"));
        }
        if (results.Count == expected)
            return results;
        // A server that gives up early says so once, for all.
        if (results.Find(result => !result.Succeeded) is { Error: { } error })
            throw new EwsResponseException(error);
        throw xml.Malformed($"{results.Count} response messages to {expected} inputs");
    }

    /// <summary>The only message of an operation with one input; an error becomes an <see cref="EwsResponseException"/>.</summary>
    public static T ReadOne<T>(EwsXmlReader xml, Payload<T> payload) where T : class => Read(xml, 1, null, payload)[0].ValueOrThrow();

    /// <summary>For an operation whose answer is itself the message, without the list around it.</summary>
    public static EwsResult<T> ReadItself<T>(EwsXmlReader xml, T? seed, Payload<T> payload) where T : class =>
        ReadMessage(xml, seed, payload);

    private static EwsResult<T> ReadMessage<T>(EwsXmlReader xml, T? seed, Payload<T> payload) where T : class
    {
        var responseClass = xml.Attribute("ResponseClass");
        string? code = null, text = null;
        Dictionary<string, string>? details = null;
        var value = seed;
        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.Name)
            {
                case "MessageText":
                    text = xml.Text();
                    break;
                case "ResponseCode":
                    code = xml.Text();
                    break;
                case "DescriptiveLinkKey":
                    break;
                case "MessageXml":
                    EwsError.ReadMessageXml(xml, ref details);
                    break;
                default:
                    // Errors carry empty payload elements, which mean nothing.
                    if (responseClass == "Success")
                        value = payload(xml, value);
                    break;
            }
        }
        if (responseClass != "Success")
            return new(EwsError.From(code, text, details));
        return value is null ? throw xml.Malformed("a successful response message without its payload") : new(value);
    }
}
