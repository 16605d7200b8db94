using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is generated once and found again on each later run.</summary>
/// <param name="generator">Makes the value.</param>
/// <param name="key">The configuration key it is stored under.</param>
/// <param name="secrets">Where it is stored.</param>
/// <param name="configuration">Where it is read from.</param>
internal sealed class PersistedParameterDefault(ParameterDefault generator, string key, IUserSecretsManager secrets, IConfigurationManager configuration) : ParameterDefault
{
    /// <summary>What makes the value where none is stored.</summary>
    public ParameterDefault Generator { get; } = generator;

    public override string GetDefaultValue()
    {
        secrets.GetOrSetSecret(configuration, key, Generator.GetDefaultValue);
        return configuration[key]!;
    }

    public override void WriteToManifest(Publishing.ManifestPublishingContext context) => Generator.WriteToManifest(context);
}
