namespace CleanSync.ExchangeSimulator.Notifications;

/// <summary>How a streamed body is cut into chunks, and what stands between its envelopes.</summary>
/// <param name="Bytes">At most so many bytes in one chunk; null for whole envelopes.</param>
/// <param name="Doubled">A sign of life goes in the same chunk before each envelope.</param>
/// <param name="Blanks">Each envelope has white space before it.</param>
/// <param name="Declared">Each envelope has its XML declaration.</param>
public sealed record Chunking(int? Bytes = null, bool Doubled = false, bool Blanks = false, bool Declared = true);
