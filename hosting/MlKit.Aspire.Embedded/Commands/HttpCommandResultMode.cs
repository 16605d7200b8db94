namespace Aspire.Hosting.ApplicationModel;

/// <summary>What of an answer becomes the data of a command's result.</summary>
public enum HttpCommandResultMode
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The body, as its content type says.</summary>
    Auto = 1,

    /// <summary>The body as JSON.</summary>
    Json = 2,

    /// <summary>The body as text.</summary>
    Text = 3,
}
