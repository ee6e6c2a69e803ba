using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CleanSync.Infrastructure.Persistence.Moving;

/// <summary>
/// What a table holds, row by row and column by column, in few bytes: two databases hold the same where it is the same, and only there.
/// </summary>
internal sealed record TableDigest(long Rows, string Sum)
{
    private const int None = -1;

    public static async Task<TableDigest> Of(DbDataReader rows, IReadOnlyList<MovedColumn> columns, CancellationToken ct)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        for (; await rows.ReadAsync(ct); count++)
        {
            for (var i = 0; i < columns.Count; i++) Add(sum, columns[i].Value(rows.GetValue(i)));
        }

        return new TableDigest(count, Convert.ToHexString(sum.GetHashAndReset()));
    }

    /// <summary>With its length before it, so that no value runs into the next, and nothing is other than empty.</summary>
    private static void Add(IncrementalHash sum, object? value)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var text = value is null ? null : Encoding.UTF8.GetBytes(Text(value));
        BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? None);
        sum.AppendData(length);
        if (text is not null) sum.AppendData(text);
    }

    private static string Text(object value) => value switch
    {
        Guid id => StoredText.Of(id),
        DateTimeOffset instant => StoredText.Of(instant),
        DateOnly day => StoredText.Of(day),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
