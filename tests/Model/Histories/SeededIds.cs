using System.Buffers.Binary;
using CleanSync.Application;

namespace CleanSync.Model.Histories;

/// <summary>The same ids whenever a history is played again: version 7, with the seed's bits for jitter.</summary>
internal sealed class SeededIds(TimeProvider clock, int seed) : INewIds
{
    private readonly Random random = new(seed);

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (random) random.NextBytes(bytes);
        var time = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, time | 0x7000u | (BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0x0FFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
