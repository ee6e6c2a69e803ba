using FluentValidation;

namespace CleanSync.Application;

/// <summary>What every text that a request brings is held to, beside its own rule: one line without hidden characters, or lines.</summary>
internal static class TextRules
{
    public const string Expected =
        "Expected visible characters only: no control characters or line breaks, none that turn the direction of the text, and no half of a pair.";

    /// <summary>For names, titles and everything else that is one line.</summary>
    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(VisibleText.IsOneLine).WithMessage(Expected);

    /// <summary>For notes and certificates: tabs and line breaks are allowed as well.</summary>
    public static IRuleBuilderOptions<T, string?> Lines<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(VisibleText.IsLines)
        .WithMessage("Expected visible characters, tabs and line breaks only: no other control characters, and none that turn the direction of the text.");

    /// <summary>For lists of names.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>> EachOneLine<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(texts => texts is null || texts.All(VisibleText.IsOneLine)).WithMessage(Expected);
}
