using System.Globalization;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Model.Fuzzing;

/// <summary>What was read of an answer, message by message, or the failure that it ended in.</summary>
/// <param name="Messages">For each response message what it gave: items, changes, folders, ids, errors, and the facts of a page.</param>
internal sealed record Reading(IReadOnlyList<IReadOnlyList<object>> Messages, Exception? Failure)
{
    public bool Succeeded => Failure is null;

    /// <summary>The same for readings that say the same. Positions in the input say nothing of it.</summary>
    public string Describe() => Failure switch
    {
        null => string.Join('\n', Messages.Select(m => string.Join(" | ", m.Select(Describe)))),
        EwsRefusedException refused => $"{refused.GetType().Name} {refused.ResponseCode} {refused.BackOff}",
        EwsHttpException http => $"{nameof(EwsHttpException)} {http.Status} {http.RetryAfter} {http.Location}",
        var other => other.GetType().Name,
    };

    private static string Describe(object value) => value switch
    {
        CalendarItem item =>
            $"{item} {string.Join(',', item.ExtendedProperties.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal))}",
        EwsError error => $"{error.Code} {error.BackOff} {error.BatchStopped}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}

/// <summary>A call of the client, and how what it returns is looked at.</summary>
/// <param name="Operation">The operation's name on the wire.</param>
internal sealed record Question(string Operation, Func<EwsClient, Task<IReadOnlyList<IReadOnlyList<object>>>> Send, byte[] Request)
{
    public static readonly EwsCallContext Context = new(ExchangeServerVersion.Exchange2013_SP1, "alice@contoso.example", Impersonate: true);

    public static Question Of<T>(IEwsOperation<T> operation, Func<T, IEnumerable<IEnumerable<object>>> messages) => new(
        operation.Name,
        async client =>
            [.. messages(await client.Send(operation, Context, CancellationToken.None)).Select(m => (IReadOnlyList<object>)[.. m])],
        Written(operation));

    /// <summary>One result for each message: its value, or its error.</summary>
    public static Question OfEach<T>(IEwsOperation<IReadOnlyList<EwsResult<T>>> operation) where T : class =>
        Of(operation, results => results.Select(Result));

    public static Question OfOne<T>(IEwsOperation<EwsResult<T>> operation) where T : class => Of(operation, result => [Result(result)]);

    public string Text => Encoding.UTF8.GetString(Request);

    private static object[] Result<T>(EwsResult<T> result) where T : class => [result.Succeeded ? result.Value : result.Error];

    private static byte[] Written<T>(IEwsOperation<T> operation)
    {
        using var xml = new MemoryStream();
        SoapEnvelope.Write(xml, operation, Context);
        return xml.ToArray();
    }
}

/// <summary>A sound answer to a question, from which inputs are made.</summary>
internal sealed record Answer(string Name, Question Question, int Status, byte[] Body);
