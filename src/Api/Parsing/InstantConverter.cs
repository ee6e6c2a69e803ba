using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleanSync.Api.Parsing;

internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Instant.TryParse(reader.GetString(), out var instant)
            ? instant.Value
            : throw new JsonException(Instant.Expected);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instant.Write(value));
}
