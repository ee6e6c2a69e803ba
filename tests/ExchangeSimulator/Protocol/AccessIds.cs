using System.Text;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>
/// One item has one id for who impersonates its mailbox and another for a delegate; either is understood, as Exchange understands ids that
/// it gave once.
/// </summary>
internal static class AccessIds
{
    private const string Impersonated = "Id=\"AAMkADE5";
    private const string Delegated = "Id=\"AAMkADE9";

    /// <summary>A request in the ids that the simulator keeps.</summary>
    public static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> request) => Replaced(request, Delegated, Impersonated);

    /// <summary>An answer in the ids that a delegate gets.</summary>
    public static ReadOnlyMemory<byte> OfDelegate(ReadOnlyMemory<byte> answer) => Replaced(answer, Impersonated, Delegated);

    private static byte[] Replaced(ReadOnlyMemory<byte> body, string from, string to) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span).Replace(from, to, StringComparison.Ordinal));
}
