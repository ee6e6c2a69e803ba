using CleanSync.Domain;

namespace CleanSync.Api;

/// <summary>A refusal that only HTTP knows, with its status.</summary>
internal abstract record HttpRefusal(int Status, string Message) : Error(Message);

/// <summary>One or several fields cannot be accepted; the problem's <c>errors</c> names each with what was expected.</summary>
internal sealed record InvalidRequest(IReadOnlyDictionary<string, string[]> Fields)
    : HttpRefusal(StatusCodes.Status400BadRequest, "The request cannot be accepted as it is. 'errors' names each field and what was expected.");

internal sealed record ApiKeyMissing()
    : HttpRefusal(StatusCodes.Status401Unauthorized, "This address needs the API key in the header X-Api-Key. In Swagger UI, choose Authorize.");

internal sealed record ApiKeyWrong()
    : HttpRefusal(StatusCodes.Status401Unauthorized, "The key in the header X-Api-Key is not this installation's. The log says at start where the key is kept.");

internal sealed record PathNotFound()
    : HttpRefusal(StatusCodes.Status404NotFound, "Nothing answers at this address. /swagger lists every address.");

internal sealed record MethodNotAllowed()
    : HttpRefusal(StatusCodes.Status405MethodNotAllowed, "This address does not take that method. /swagger lists every address with its methods.");

internal sealed record RequestTooLarge()
    : HttpRefusal(StatusCodes.Status413PayloadTooLarge, "The request body is larger than CleanSync accepts.");

internal sealed record JsonExpected()
    : HttpRefusal(StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON with the header Content-Type: application/json.");

internal sealed record DatabaseIsNotReady()
    : HttpRefusal(StatusCodes.Status503ServiceUnavailable, "The database does not answer.");

internal sealed record Unexpected()
    : HttpRefusal(StatusCodes.Status500InternalServerError, "This is a fault of CleanSync's, and it is in the log under this traceId. What you sent may or may not have been carried out; read before you repeat it.");
