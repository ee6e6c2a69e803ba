using System.Net.Http.Headers;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// The <c>client-request-id</c> that Exchange gives back where it is asked to. A connection on which a late answer was left over gives it
/// to whoever
/// asks next: such a stray answer carries the id of another request.
/// </summary>
internal static class RequestEcho
{
    public const string Header = "client-request-id";

    /// <summary>
    /// It echoes requests, and none of them is ours. An answer that names none, or something else than an id, says nothing.
    /// </summary>
    public static bool IsOfAnother(HttpResponseHeaders answer, string id)
    {
        if (!answer.TryGetValues(Header, out var values)) return false;
        var told = values.SelectMany(v => v.Split(',')).Select(v => v.Trim().Trim('"')).Where(v => Guid.TryParse(v, out _)).ToList();
        return told.Count > 0 && !told.Contains(id, StringComparer.OrdinalIgnoreCase);
    }
}
