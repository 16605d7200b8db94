using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is where no value is given.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();

    /// <summary>Writes how the value is made.</summary>
    /// <param name="context">Where to.</param>
    public abstract void WriteToManifest(ManifestPublishingContext context);
}
