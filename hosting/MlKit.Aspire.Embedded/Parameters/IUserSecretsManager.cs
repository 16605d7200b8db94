using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Keeps secrets outside the source tree, over runs.</summary>
[Experimental("ASPIREUSERSECRETS001")]
public interface IUserSecretsManager
{
    /// <summary>Whether there is a place for them.</summary>
    bool IsAvailable { get; }

    /// <summary>The file they are kept in.</summary>
    string FilePath { get; }

    /// <summary>Puts a stored secret into the configuration, generating and storing it where there is none.</summary>
    /// <param name="configuration">The configuration; a value in it counts as stored.</param>
    /// <param name="name">The configuration key.</param>
    /// <param name="valueGenerator">Makes the value.</param>
    void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator);

    /// <summary>Replaces all stored secrets.</summary>
    /// <param name="state">The secrets; nested objects become keys with colons.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default);

    /// <summary>Removes a secret; false where there was none or it could not be removed.</summary>
    /// <param name="name">The configuration key.</param>
    bool TryDeleteSecret(string name);

    /// <summary>Stores a secret; false where it could not be stored.</summary>
    /// <param name="name">The configuration key.</param>
    /// <param name="value">The value.</param>
    bool TrySetSecret(string name, string value);
}
