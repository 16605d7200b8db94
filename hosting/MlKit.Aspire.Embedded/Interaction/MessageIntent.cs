namespace Aspire.Hosting;

/// <summary>The kinds of messages.</summary>
public enum MessageIntent
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Something went well.</summary>
    Success = 1,

    /// <summary>Something needs attention.</summary>
    Warning = 2,

    /// <summary>Something failed.</summary>
    Error = 3,

    /// <summary>Something to know.</summary>
    Information = 4,

    /// <summary>A question.</summary>
    Confirmation = 5,
}
