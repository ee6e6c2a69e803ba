using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CleanSync.Api.Parsing;

/// <summary>How JSON looks on the wire: camel case, enums by name, instants with offset, nothing unknown and nothing missing.</summary>
internal static class JsonParsing
{
    public static IServiceCollection AddJsonParsing(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        // Without it a request that cannot be read would get an empty 400 outside development.
        return services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectRequiredConstructorParameters = true;
        json.RespectNullableAnnotations = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        // Only ever JSON, never inside HTML: names in every script stay readable.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new InstantConverter());
        json.Converters.Add(new NamedEnumConverter());
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(NoNullElements.Check);
    }
}
