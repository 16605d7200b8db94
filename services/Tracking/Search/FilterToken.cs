namespace MlKit.Tracking.Search;

internal enum TokenKind
{
    /// <summary>A bare word: part of an identifier, or a keyword.</summary>
    Word,

    /// <summary>Text in single or double quotes: a value, or (double) part of an identifier.</summary>
    Quoted,

    /// <summary>Text in backticks: part of an identifier.</summary>
    Backticked,

    Number,
    Operator,
    Dot,
    Comma,
    Open,
    Close,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Position">Where it starts, from 0.</param>
/// <param name="Glued">Whether it follows the token before without a blank.</param>
internal readonly record struct FilterToken(TokenKind Kind, string Text, int Position, bool Glued)
{
    public bool IsWord(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
