using System.Buffers.Binary;
using System.Numerics;

namespace CleanSync.ExchangeSimulator.Authentication;

/// <summary>RFC 1320. NTLM needs it and .NET has none.</summary>
internal static class Md4
{
    private static ReadOnlySpan<int> Shifts1 => [3, 7, 11, 19];
    private static ReadOnlySpan<int> Shifts2 => [3, 5, 9, 13];
    private static ReadOnlySpan<int> Shifts3 => [3, 9, 11, 15];
    private static ReadOnlySpan<int> Order3 => [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var padded = new byte[(data.Length + 8) / 64 * 64 + 64];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(padded.Length - 8), (ulong)data.Length * 8);
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
        Span<uint> words = stackalloc uint[16];
        for (var block = 0; block < padded.Length; block += 64)
        {
            for (var i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(padded.AsSpan(block + i * 4));
            var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
            for (var step = 0; step < 48; step++)
            {
                var k = step & 15;
                var (mixed, index, shift) = step switch
                {
                    < 16 => ((b & c) | (~b & d), k, Shifts1[k & 3]),
                    < 32 => (((b & c) | (b & d) | (c & d)) + 0x5a827999, (k >> 2) + (k & 3) * 4, Shifts2[k & 3]),
                    _ => ((b ^ c ^ d) + 0x6ed9eba1, Order3[k], Shifts3[k & 3]),
                };
                var rotated = BitOperations.RotateLeft(a + mixed + words[index], shift);
                (a, d, c, b) = (d, c, b, rotated);
            }
            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
        }
        var hash = new byte[16];
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(i * 4), state[i]);
        return hash;
    }
}
