using static CleanSync.Infrastructure.Exchange.ResponseCodes.CodeWords;

namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>
/// Of requests that should never have been sent so: each is a fault of CleanSync's, or something in between rewrites them.
/// </summary>
internal static class RequestCodes
{
    public static IReadOnlyList<CodeWords> Rows { get; } =
    [
        new("ErrorSchemaValidation", "The request is not valid by the schema.", Tell),
        new("ErrorInvalidRequest", "The request cannot be read.", Tell),
        new("ErrorIncorrectSchemaVersion", "The request has something that the version that it names does not know.", Tell),
        new("ErrorInvalidPropertySet", "A property may not be set so.", Tell),
        new("ErrorInvalidPropertyRequest", "A property may not be asked for so.", Tell),
        new("ErrorIncorrectUpdatePropertyCount", "A change names none or several properties.", Tell),
        new("ErrorUpdatePropertyMismatch", "A change names another property than it has.", Tell),
        new("ErrorDuplicateSOAPHeader", "The request has a header twice.", Tell),
        new("ErrorMissingArgument", "The request lacks an argument.", Tell),
        new("ErrorInvalidOperation", "The operation is not allowed so.", Tell),
        new("ErrorUnsupportedPathForQuery", "A search names a property that cannot be searched for.", Tell),
        new("ErrorInvalidExtendedProperty", "The definition of a named property is not valid.", Tell),
        new("ErrorInvalidExtendedPropertyValue", "The value of a named property is not valid.", Tell),
        new("ErrorMessageDispositionRequired", "The request does not say whether something is mailed.", Tell),
        new("ErrorSendMeetingInvitationsRequired", "The request does not say whether invitations are sent.", Tell),
        new(
            "ErrorSendMeetingInvitationsOrCancellationsRequired", "The request does not say whether invitations or cancellations are sent.",
            Tell),
        new("ErrorSendMeetingCancellationsRequired", "The request does not say whether cancellations are sent.", Tell),
        new("ErrorCannotCreateCalendarItemInNonCalendarFolder", "The folder to write into is no calendar.", Tell),
        new("ErrorCalendarViewRangeTooBig", "A view spans more than two years.", Tell),
        new("ErrorInvalidExchangeImpersonationHeaderData", "The request names nobody to act for.", Tell),
        new("ErrorRequestStreamTooBig", "The request is larger than the server takes.", Tell),
    ];
}
