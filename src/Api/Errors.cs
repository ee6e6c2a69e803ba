using CleanSync.Domain;

namespace CleanSync.Api;

/// <summary>A refusal that only HTTP knows, with its status.</summary>
internal abstract record HttpRefusal(int Status, string Message) : Error(Message);

/// <summary>One or several fields cannot be accepted; the problem's <c>errors</c> names each with what was expected.</summary>
internal sealed record InvalidRequest(IReadOnlyDictionary<string, string[]> Fields)
    : HttpRefusal(
        StatusCodes.Status400BadRequest, "The request cannot be accepted as it is. 'errors' names each field and what was expected.");

internal sealed record CredentialMissing()
    : HttpRefusal(
        StatusCodes.Status401Unauthorized,
        "This address needs an API key in the header X-Api-Key, or a bearer token where an issuer is configured. In Swagger UI, choose Authorize.");

internal sealed record ApiKeyWrong()
    : HttpRefusal(
        StatusCodes.Status401Unauthorized,
        "The header X-Api-Key holds no key of this installation. Ask an admin for one; the first is made by the command 'keys create'.");

internal sealed record ApiKeyIsRevoked()
    : HttpRefusal(StatusCodes.Status401Unauthorized, "This API key was revoked. Ask an admin for another one.");

internal sealed record ApiKeyHasExpired()
    : HttpRefusal(StatusCodes.Status401Unauthorized, "This API key has expired. Ask an admin for another one.");

internal sealed record TokenRefused(string Reason)
    : HttpRefusal(
        StatusCodes.Status401Unauthorized,
        $"The bearer token is not accepted: {Reason}. Get one from the configured issuer, for the configured audience.");

internal sealed record TokenHasExpired()
    : HttpRefusal(StatusCodes.Status401Unauthorized, "The bearer token has expired. Get a new one from the issuer.");

internal sealed record RoleIsMissing()
    : HttpRefusal(
        StatusCodes.Status403Forbidden,
        "The bearer token names no role that CleanSync knows. Let the issuer put one into the configured role claim: admin, scheduler or staff, or what these are mapped to.");

internal sealed record RoleMayNot(string Role, string Allowed)
    : HttpRefusal(
        StatusCodes.Status403Forbidden, $"This needs the role {Allowed}, and the credential has the role {Role}. Use another credential.");

internal sealed record SubjectIsMissing()
    : HttpRefusal(
        StatusCodes.Status403Forbidden,
        "The bearer token names nobody, and what an admin does is written down with a name. "
            + "Let the issuer put the subject into the claim 'sub', or use an API key.");

internal sealed record StaffIdIsMissing()
    : HttpRefusal(
        StatusCodes.Status403Forbidden,
        "The credential has the role staff and names no staff member, so no calendar is its own. Let the issuer put the staff id into the configured claim.");

internal sealed record CalendarIsAnothers(string StaffId)
    : HttpRefusal(
        StatusCodes.Status403Forbidden,
        $"The credential is for staff member '{StaffId}' and opens that calendar only. Put that id into the address, or use a credential of the role scheduler.");

internal sealed record PathNotFound()
    : HttpRefusal(StatusCodes.Status404NotFound, "Nothing answers at this address. /swagger lists every address.");

internal sealed record MethodNotAllowed()
    : HttpRefusal(
        StatusCodes.Status405MethodNotAllowed, "This address does not take that method. /swagger lists every address with its methods.");

internal sealed record RequestTooLarge()
    : HttpRefusal(StatusCodes.Status413PayloadTooLarge, "The request body is larger than CleanSync accepts.");

internal sealed record AddressTooLong()
    : HttpRefusal(StatusCodes.Status414UriTooLong, "The address is longer than the 8,192 characters that CleanSync accepts.");

internal sealed record HeadersTooLarge()
    : HttpRefusal(
        StatusCodes.Status431RequestHeaderFieldsTooLarge,
        "The headers are more than the 100, or longer than the 32,768 characters, that CleanSync accepts.");

internal sealed record TooManyCalls(string Limit)
    : HttpRefusal(
        StatusCodes.Status429TooManyRequests,
        $"This key or token has made its {Limit} calls of this minute. Nothing of this call was carried out: "
        + "send it again when the seconds of Retry-After are over.");

internal sealed record TooManyRefusedCredentials(string Limit)
    : HttpRefusal(
        StatusCodes.Status429TooManyRequests,
        $"More than {Limit} calls without a good credential came from this address within a minute. "
        + "Use a key or token that is accepted; calls with one are answered all the time.");

internal sealed record TooManyAtOnce()
    : HttpRefusal(
        StatusCodes.Status429TooManyRequests,
        "Too many calls without a credential are being answered just now. Send it again when the seconds of Retry-After are over.");

internal sealed record JsonExpected()
    : HttpRefusal(StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON with the header Content-Type: application/json.");

