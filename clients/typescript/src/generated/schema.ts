// Written by `npm run clients:generate` from the API description.

export interface paths {
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Whoever has a second factor is told what will finish the sign-in, in place of tokens. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a sign-in by a code
         * @description Of an authenticator app, or a recovery code. Five may be tried; then sign in again. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["finishSignInByCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a passkey has to sign
         * @description With a `challengeId`, to finish that sign-in; without one, to sign in by passkey alone. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["requestPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by passkey, or finish a sign-in by one
         * @description Needs no token. Counted in the bucket `auth`.
         */
        post: operations["signInByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for a new pair
         * @description A refresh token works once. One that comes a second time ends its session. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["refreshTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the calling session
         * @description For everybody who is signed in. API tokens do not do. Counted in the bucket `auth`.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an account
         * @description The answer is the same whether the address is known or not. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an e-mail address
         * @description With the token of the link that was mailed there, and the account's password, or a new one: that voids the one it had, and ends all sessions. A pending account is active from then on. For a new address of one's own it takes the password that one has. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another link that verifies an address
         * @description The answer is the same whether anybody has the address or not. One mail a minute and five a day are sent to an address. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link that sets another password
         * @description The answer is the same whether anybody has the address or not. One mail a minute and five a day are sent to an address. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set another password by a mailed link
         * @description Ends all sessions and voids all other links. It signs nobody in. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description With the token of the link that was mailed, which works once. The account is active from then on; nobody is signed in. Whoever has an active account, and is invited into an organization, sends the token alone. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the first admin
         * @description With the token of the link that a production server prints when it starts with a directory that has never had an admin. It is good for half an hour, and once; when there is an admin, no such link is good any more. Nobody is signed in. Needs no token. Counted in the bucket `auth`.
         */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller may do
         * @description For everybody who is known. Counted in the bucket `other`.
         */
        get: operations["readOwnPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Needs the permission `users:list`. Counted in the bucket `users-list`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Needs the permission `users:create`. Counted in the bucket `users-create`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create, update, delete and restore many users
         * @description Up to 1,000 operations, of which 50 may set a password. Each is allowed or refused as it would be by its own route. With `atomic`, everything is done or nothing; otherwise each operation is done by itself, in order. For everybody who is known. Counted in the bucket `batch`.
         */
        post: operations["batchUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the caller
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["readMe"];
        /**
         * Update the caller
         * @description A JSON merge patch (RFC 7396): what is absent stays, `null` removes, objects merge deeply. Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-update`.
         */
        put: operations["updateMe"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the caller by merge patch
         * @description A JSON merge patch (RFC 7396): what is absent stays, `null` removes, objects merge deeply. Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-update`.
         */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/api/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the caller's password
         * @description The calling session stays, all others end. For everybody who is signed in. API tokens do not do. Counted in the bucket `users-update`.
         */
        put: operations["changeOwnPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another e-mail address of the caller's
         * @description It takes effect when the link that is mailed to the new address is followed, by `POST /api/auth/verify-email`; the old address is told then. The answer is the same whether somebody has the address or not. Needs the permission `users:update`; those who may not list users reach their own record only. API tokens do not do. Counted in the bucket `users-update`.
         */
        post: operations["changeOwnEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's activity
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listOwnActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's organizations
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listOwnOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything that is kept of the caller
         * @description One document, which is streamed. It holds no secret, and leaves an entry in the activity. An API token cannot ask for it. Needs the permission `users:read`; those who may not list users reach their own record only. API tokens do not do. Counted in the bucket `other`.
         */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's factors
         * @description For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        get: operations["listOwnFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up an authenticator app
         * @description It is asked for at sign-in once it is confirmed, for which there is half an hour. Takes a sign-in of the last ten minutes; as long as there is no confirmed factor, `currentPassword` does as well. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["enrolTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the authenticator app by one of its codes
         * @description With the first factor come recovery codes, and all other sessions of the caller end. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a new passkey has to be like
         * @description Takes a sign-in of the last ten minutes; as long as there is no confirmed factor, `currentPassword` does as well. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["offerPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the passkey that was made
         * @description With the first factor come recovery codes, and all other sessions of the caller end. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes in place of the old ones
         * @description Takes a sign-in of the last ten minutes. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["makeRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/factors/{fid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove one of the caller's factors
         * @description Takes a sign-in of the last ten minutes. Recovery codes go with the last factor. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["removeOwnFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the caller's picture is
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["readOwnAvatar"];
        put?: never;
        /**
         * Upload the caller's picture
         * @description A form with one file, of at most 5 MB: a JPEG or a PNG, whatever it is called. Nothing of it is kept but its pixels, turned upright, the middle as a square. The addresses in the answer need no token, cannot be guessed, and are over once there is another picture or none. Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-avatar`.
         */
        post: operations["uploadAvatar"];
        /**
         * Remove the caller's picture
         * @description Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-delete`.
         */
        delete: operations["removeOwnAvatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["readUser"];
        /**
         * Update a user
         * @description A JSON merge patch (RFC 7396): what is absent stays, `null` removes, objects merge deeply. Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-update`.
         */
        put: operations["updateUser"];
        post?: never;
        /**
         * Delete a user
         * @description Needs the permission `users:delete`. Counted in the bucket `users-delete`.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Update a user by merge patch
         * @description A JSON merge patch (RFC 7396): what is absent stays, `null` removes, objects merge deeply. Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-update`.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/api/users/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted user
         * @description Needs the permission `users:delete`. Counted in the bucket `other`.
         */
        post: operations["restoreUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a user sign in again who ran out of guesses
         * @description Forgets the wrong passwords and codes that were counted against a locked account. Any other stays as it is. Needs the permission `users:roles`. Counted in the bucket `other`.
         */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a user's password
         * @description Ends all sessions of the user. One's own is changed by `PUT /api/users/me/password`. Needs the permission `users:roles`. API tokens do not do. Counted in the bucket `users-update`.
         */
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the link that verifies a user's address again
         * @description Needs the permission `users:create`. Counted in the bucket `users-create`.
         */
        post: operations["sendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a pending user
         * @description Needs the permission `invitations:manage`. Counted in the bucket `other`.
         */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's activity
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/impersonation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act in a user's stead
         * @description A token for a quarter of an hour that does what the user may, but for what is about signing in. Needs the permission `users:impersonate`. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["impersonateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything that is kept of a user
         * @description One document, which is streamed. It holds no secret, and leaves an entry in the activity. An API token cannot ask for it. Needs the permission `users:read`; those who may not list users reach their own record only. API tokens do not do. Counted in the bucket `other`.
         */
        get: operations["exportUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a user
         * @description Takes away for good what is kept of a user, live, pending or deleted: an id, a number and instants are left. It cannot be taken back. Nothing of them is shown from the answer on; files are cleaned of them soon after, and `finishedAt` says since when. To erase somebody again answers the same, with what was done since. Needs the permission `users:delete`. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["eraseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's organizations
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listOrganizationsOfUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List organizations
         * @description All of them for admins of the directory, for everybody else those that they belong to. Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["listOrganizations"];
        put?: never;
        /**
         * Make an organization
         * @description Nobody belongs to it yet. Without a slug it is given one that is made of its name. Needs the permission `organizations:manage`. Counted in the bucket `other`.
         */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an organization
         * @description Whoever belongs to it may, too. Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["readOrganization"];
        put?: never;
        post?: never;
        /**
         * Delete an organization
         * @description For good. Whoever belonged to it stays in the directory. Needs the permission `organizations:manage`. Counted in the bucket `other`.
         */
        delete: operations["deleteOrganization"];
        options?: never;
        head?: never;
        /**
         * Rename an organization
         * @description Another slug is for admins of the directory to give. Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/api/organizations/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{id}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member a role, or add one
         * @description Only admins of the directory add people; those of the organization invite them. Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        put: operations["putMember"];
        post?: never;
        /**
         * Remove a member
         * @description Everybody may leave by themselves, but for the last admin. Needs the permission `organizations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a user's picture is
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["readAvatar"];
        put?: never;
        post?: never;
        /**
         * Remove a user's picture
         * @description Needs the permission `users:update`; those who may not list users reach their own record only. Counted in the bucket `users-delete`.
         */
        delete: operations["removeAvatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody
         * @description Makes a pending user and mails them a link, with which they choose a password. Whoever is pending already, and has no invitation that can still be accepted, is invited as they are: role and names are set as sent, and a password that they have is forgotten. 200 says that an invitation which had expired was sent again. With `organizationId` whoever has the address is asked to join that organization, and the answer does not say whether they have an account. Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite many
         * @description Up to 1,000 invitations, as JSON or CSV. Each is sent or refused as it would be by its own route, in order; one that is refused stops no other. Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `batch`.
         */
        post: operations["inviteMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an invitation
         * @description Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["readInvitation"];
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Its links are void. A user who was made for it is deleted for good, so the address is free at once. Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invitation again
         * @description To the address that the user has by now. It can be accepted for as long again as it could be at first, by the links that were sent before, too, unless they have expired. Needs the permission `invitations:manage`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where the caller is signed in
         * @description Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listOwnSessions"];
        put?: never;
        post?: never;
        /**
         * End the caller's sessions
         * @description All of them, or all but the calling one. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["revokeOwnSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of the caller's sessions
         * @description For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["revokeOwnSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where a user is signed in
         * @description It takes the permission `sessions:manage` to see those of others. Needs the permission `users:read`; those who may not list users reach their own record only. Counted in the bucket `other`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End a user's sessions
         * @description It takes the permission `sessions:manage` to end those of others. Needs the permission `users:read`; those who may not list users reach their own record only. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["revokeSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of a user's sessions
         * @description It takes the permission `sessions:manage` to end those of others. Needs the permission `users:read`; those who may not list users reach their own record only. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API tokens
         * @description For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        get: operations["listApiTokens"];
        put?: never;
        /**
         * Make an API token
         * @description The only answer that ever shows `token`. For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        post: operations["createApiToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API token
         * @description For everybody who is signed in. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["revokeApiToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List mail
         * @description What waits to be sent, was sent in the last 30 days, or was given up, newest first. Needs the permission `mail:manage`. Counted in the bucket `other`.
         */
        get: operations["listMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a mail
         * @description What it says is shown in development without a mail server only. Needs the permission `mail:manage`. Counted in the bucket `other`.
         */
        get: operations["readMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a dead mail after all
         * @description Needs the permission `mail:manage`. Counted in the bucket `other`.
         */
        post: operations["retryMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's factors
         * @description Needs the permission `factors:manage`. API tokens do not do. Counted in the bucket `other`.
         */
        get: operations["listFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/factors/{fid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a user's factor
         * @description All sessions of the user end. Needs the permission `factors:manage`. API tokens do not do. Counted in the bucket `other`.
         */
        delete: operations["removeFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export users
         * @description All users, those who are named, or those whom the filters of the list leave in, in order of creation; as NDJSON after all organizations, for whoever may manage these. No password hashes, second factors or pictures: those are for the command line. A spreadsheet runs nothing of the CSV. Needs the permission `users:list`. Counted in the bucket `batch`.
         */
        get: operations["exportUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import users
         * @description Up to 16 MiB of NDJSON or CSV, a user in each line; larger files are for the command line. The answer comes when the file is here; what becomes of its lines is told for a day by `GET /api/imports/{id}`. Of nobody two files are read at a time. Password hashes and second factors are taken from an admin who has signed in themselves, as a new password is. Needs the permission `users:roles`. Counted in the bucket `batch`.
         */
        post: operations["startImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far an import is
         * @description An import of which nothing was heard for a minute is stopped: the node that read it is gone. Needs the permission `users:roles`. Counted in the bucket `other`.
         */
        get: operations["readImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everybody's activity
         * @description Newest first. An organization's admins are shown what is about their organizations, but for invitations. Counting ends at 100,000 entries. Needs the permission `activity:list`; those who hold it as admins of an organization reach no other. Counted in the bucket `other`.
         */
        get: operations["listAllActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count users, and what happened over time
         * @description The last 30 days unless asked otherwise, by days of 24 hours that begin at `from`; at most 750 stretches. Needs the permission `users:list`. Counted in the bucket `other`.
         */
        get: operations["readStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the settings and limits in force
         * @description No secret is among them. Needs the permission `settings:read`. Counted in the bucket `other`.
         */
        get: operations["readSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what wants attention
         * @description Nothing is listed when all is well. Needs the permission `settings:read`. Counted in the bucket `other`.
         */
        get: operations["listAttention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this description
         * @description Needs no token. Counted in the bucket `other`.
         */
        get: operations["readDescription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Role: "admin" | "user" | "viewer";
        /** @enum {string} */
        Status: "active" | "inactive" | "pending";
        /** @description A row of the list: eleven keys */
        User: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            role: components["schemas"]["Role"];
            status: components["schemas"]["Status"];
            /**
             * Format: uri
             * @description Profile picture
             */
            avatar: string | null;
            /** @description Whether the address was shown to be theirs */
            emailVerified: boolean;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastLoginAt: string | null;
            /**
             * Format: date-time
             * @description When the record was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
        };
        Tokens: {
            /** @description To be sent as `Authorization: Bearer …` */
            accessToken: string;
            /** @enum {string} */
            tokenType: "Bearer";
            /**
             * Format: int64
             * @description Seconds for which the access token is good
             */
            expiresIn: number;
            /** @description Good once, for a new pair */
            refreshToken: string;
            user: components["schemas"]["User"];
        };
        /** @description The password is right, and a second factor is needed */
        HalfSignIn: {
            challenge: {
                /** @description Finishes the sign-in, and does nothing else */
                id: string;
                /** @description What will finish it, any of these */
                factors: ("totp" | "passkey" | "recovery_code")[];
                /**
                 * Format: int64
                 * @description Seconds left to finish it
                 */
                expiresIn: number;
            };
        };
        Error: {
            error: {
                /** @description What programs go by */
                code: string;
                /** @description For people */
                message: string;
                /** @description Everything that is wrong, at once */
                details?: {
                    /** @description Which value */
                    field: string;
                    /** @description What is wrong with it */
                    message: string;
                }[];
            };
            /**
             * Format: int32
             * @description The status of the answer
             */
            status: number;
        };
        /** @description For `PublicKeyCredential.parseRequestOptionsFromJSON` in a browser */
        PasskeyRequest: {
            /** @description To be signed */
            challenge: string;
            /** @description The host that `PUBLIC_URL` names */
            rpId: string;
            /**
             * Format: int64
             * @description Milliseconds left to answer
             */
            timeout: number;
            /** @enum {string} */
            userVerification: "required" | "preferred";
            allowCredentials: {
                /** @description Of a passkey that is known */
                id: string;
                /** @enum {string} */
                type: "public-key";
                transports: string[];
            }[];
        };
        Message: {
            /** @description For people */
            message: string;
        };
        /** @description What is not set is absent */
        Profile: {
            /** @description What they say of themselves */
            bio?: string;
            /** @description Where they are */
            location?: string;
            /**
             * Format: uri
             * @description Their own site
             */
            website?: string;
            /** @description Twitter handle */
            twitter?: string;
            /** @description LinkedIn profile */
            linkedin?: string;
            /** @description GitHub username */
            github?: string;
        };
        /** @description Only what `fields` names */
        SelectedUser: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id?: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email?: string | null;
            /** @description First name */
            firstName?: string | null;
            /** @description Last name */
            lastName?: string | null;
            role?: components["schemas"]["Role"];
            status?: components["schemas"]["Status"];
            /**
             * Format: uri
             * @description Profile picture
             */
            avatar?: string | null;
            /** @description Whether the address was shown to be theirs */
            emailVerified?: boolean;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastLoginAt?: string | null;
            /**
             * Format: date-time
             * @description When the record was made
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt?: string;
            /** @description What the role allows */
            permissions?: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "users:impersonate" | "sessions:manage" | "tokens:manage" | "mail:manage" | "factors:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
            preferences?: {
                /**
                 * @description Of the interface
                 * @enum {string}
                 */
                theme?: "light" | "dark" | "auto";
                /** @description ISO 639-1 */
                language?: string;
                /** @description IANA time zone */
                timezone?: string;
                notifications?: {
                    /** @description By e-mail */
                    email?: boolean;
                    /** @description On devices */
                    push?: boolean;
                    /** @description About offers */
                    marketing?: boolean;
                };
            };
            profile?: components["schemas"]["Profile"];
            /** @description Nobody else has it, ignoring case */
            username?: string | null;
            /**
             * Format: int64
             * @description Counted up once, never given again
             */
            number?: number;
            /** @description What programs of the operator keep with the user */
            attributes?: {
                [key: string]: unknown;
            };
        };
        PageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Users on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Users who match, on all pages
             */
            total?: number;
            /**
             * Format: int64
             * @description How many pages there are
             */
            totalPages?: number;
            /** @description Present when there are at least `total` */
            totalIsExact?: boolean;
            /** @description Whether there is a page behind this one */
            hasNext: boolean;
            /** @description Whether there is a page before this one */
            hasPrev: boolean;
            /** @description The `cursor` of the next page, null at the end; present when a cursor was sent */
            next?: string | null;
        };
        Deleted: {
            /** @description For people */
            message: string;
            /**
             * Format: date-time
             * @description When it was deleted
             */
            deletedAt: string;
        };
        BatchMeta: {
            /**
             * Format: int64
             * @description Operations that were done
             */
            succeeded: number;
            /**
             * Format: int64
             * @description Operations that were refused
             */
            failed: number;
        };
        /** @description Always complete */
        Preferences: {
            /**
             * @description Of the interface
             * @enum {string}
             */
            theme: "light" | "dark" | "auto";
            /** @description ISO 639-1 */
            language: string;
            /** @description IANA time zone */
            timezone: string;
            notifications: {
                /** @description By e-mail */
                email: boolean;
                /** @description On devices */
                push: boolean;
                /** @description About offers */
                marketing: boolean;
            };
        };
        /** @description The caller */
        Me: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            role: components["schemas"]["Role"];
            status: components["schemas"]["Status"];
            /**
             * Format: uri
             * @description Profile picture
             */
            avatar: string | null;
            /** @description Whether the address was shown to be theirs */
            emailVerified: boolean;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastLoginAt: string | null;
            /**
             * Format: date-time
             * @description When the record was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /** @description What the role allows */
            permissions: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "users:impersonate" | "sessions:manage" | "tokens:manage" | "mail:manage" | "factors:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
            preferences: components["schemas"]["Preferences"];
            profile: components["schemas"]["Profile"];
        };
        Activity: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
            /** @description The same in words */
            description: string;
            metadata: {
                /** @description Address of the caller */
                ip: string | null;
                /** @description Program of the caller */
                userAgent: string | null;
                /**
                 * Format: uuid
                 * @description Who did it; null for the system and strangers
                 */
                actor: string | null;
                /**
                 * @description They did it in the stead of the user
                 * @constant
                 */
                impersonating?: true;
                /**
                 * Format: uuid
                 * @description The API token with which they did it
                 */
                apiToken?: string;
                changed?: string[];
                /** @description Role or status before */
                from?: string;
                /** @description Role or status after */
                to?: string;
                /**
                 * Format: uuid
                 * @description The organization that it is about
                 */
                organization?: string;
                /** @description What the thing is called that was made or taken away */
                name?: string;
            };
            /**
             * Format: date-time
             * @description When it happened
             */
            createdAt: string;
        };
        ActivityPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries that match, on all pages
             */
            total: number;
        };
        /**
         * @description In the organization; in the directory they may be something else
         * @enum {string}
         */
        OrganizationRole: "admin" | "member";
        /** @description An organization, and what somebody is there */
        Membership: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: int64
             * @description Counted up once, never given again
             */
            number: number;
            /** @description What people call it */
            name: string;
            /** @description What addresses call it; no other organization has it */
            slug: string;
            role: components["schemas"]["OrganizationRole"];
            /**
             * Format: date-time
             * @description From when on they have belonged to it
             */
            since: string;
        };
        MembershipPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Organizations on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Organizations that match, on all pages
             */
            total: number;
        };
        KeptUser: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            role: components["schemas"]["Role"];
            status: components["schemas"]["Status"];
            /**
             * Format: uri
             * @description Profile picture
             */
            avatar: string | null;
            /** @description Whether the address was shown to be theirs */
            emailVerified: boolean;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastLoginAt: string | null;
            /**
             * Format: date-time
             * @description When the record was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /** @description Nobody else has it, ignoring case */
            username: string | null;
            /**
             * Format: int64
             * @description Counted up once, never given again
             */
            number: number;
            /** @description Where an OAuth2 client of theirs is sent back to */
            redirectUri: string | null;
            profile: components["schemas"]["Profile"];
            preferences: components["schemas"]["Preferences"];
            attributes: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When they were deleted
             */
            deletedAt: string | null;
            /**
             * Format: date-time
             * @description When their password was last set; null when they have none
             */
            passwordChangedAt: string | null;
        };
        KeptPicture: {
            /** @description JPEG, in base64 */
            large: string;
            /** @description JPEG, in base64 */
            medium: string;
            /** @description JPEG, in base64 */
            small: string;
        };
        Factor: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description An authenticator app, or a passkey
             * @enum {string}
             */
            kind: "totp" | "passkey";
            /** @description As the person calls it */
            name: string;
            /**
             * Format: date-time
             * @description When it was added
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Since when it is asked for; null until it was shown to work
             */
            confirmedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last used
             */
            lastUsedAt: string | null;
        };
        KeptSession: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /** @description Program and system, as they call themselves: “Firefox on Windows” */
            device: string | null;
            /** @description The same as it was sent */
            userAgent: string | null;
            /** @description Address from which it was used last */
            ip: string | null;
            /**
             * Format: date-time
             * @description When somebody signed in
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was used last, to the minute
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description When it ends at the latest
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description The admin who acts in the user's stead, if one does
             */
            impersonator?: string;
            /**
             * Format: date-time
             * @description When it ended; null while it stands
             */
            endedAt: string | null;
        };
        KeptApiToken: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /** @description What its maker calls it */
            name: string;
            /** @description What it is for; it does no more than its owner may */
            permissions: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "mail:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
            /**
             * Format: date-time
             * @description From when on it is refused
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute
             */
            lastUsedAt: string | null;
        };
        InvitationReceived: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What came of it
             * @enum {string}
             */
            state: "pending" | "accepted" | "expired" | "revoked";
            /**
             * Format: uuid
             * @description The organization that it was into
             */
            organizationId: string | null;
            organizationRole: components["schemas"]["OrganizationRole"] | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last sent
             */
            sentAt: string;
            /**
             * Format: date-time
             * @description Until when it could be accepted
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was accepted
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it was revoked
             */
            revokedAt: string | null;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name, as it was sent */
            firstName: string | null;
            /** @description Last name, as it was sent */
            lastName: string | null;
            role: components["schemas"]["Role"] | null;
        };
        MailedLink: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What whoever followed it could do
             * @enum {string}
             */
            purpose: "verify_email" | "change_email" | "reset_password" | "invitation" | "organization_invitation";
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /**
             * Format: date-time
             * @description When it was sent
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it was good
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was followed, or became void
             */
            endedAt: string | null;
        };
        MailToThem: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What it is about
             * @enum {string}
             */
            kind: "verify_email" | "already_registered" | "invitation" | "organization_invitation" | "reset_password" | "password_was_reset" | "confirm_email" | "email_was_changed" | "account_locked" | "codes_locked" | "password_changed" | "api_token_made" | "api_token_revoked" | "factor_added" | "factor_removed" | "recovery_codes_made" | "notices_off";
            /**
             * Format: idn-email
             * @description Where it goes
             */
            to: string;
            /** @description By which it greets */
            name: string | null;
            /** @description The address of a caller that it names */
            ip: string | null;
            /**
             * @description Dead mail was given up
             * @enum {string}
             */
            state: "waiting" | "sent" | "dead";
            /**
             * Format: date-time
             * @description When what it is about happened
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was sent or given up
             */
            settledAt: string | null;
        };
        Act: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
            /** @description The same in words */
            description: string;
            metadata: {
                /** @description Address of the caller */
                ip: string | null;
                /** @description Program of the caller */
                userAgent: string | null;
                /**
                 * Format: uuid
                 * @description Who did it; null for the system and strangers
                 */
                actor: string | null;
                /**
                 * @description They did it in the stead of the user
                 * @constant
                 */
                impersonating?: true;
                /**
                 * Format: uuid
                 * @description The API token with which they did it
                 */
                apiToken?: string;
                changed?: string[];
                /** @description Role or status before */
                from?: string;
                /** @description Role or status after */
                to?: string;
                /**
                 * Format: uuid
                 * @description The organization that it is about
                 */
                organization?: string;
                /** @description What the thing is called that was made or taken away */
                name?: string;
            };
            /**
             * Format: date-time
             * @description When it happened
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description To whose account they did it
             */
            userId: string;
        };
        InvitationSent: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What came of it
             * @enum {string}
             */
            state: "pending" | "accepted" | "expired" | "revoked";
            /**
             * Format: uuid
             * @description The organization that it was into
             */
            organizationId: string | null;
            organizationRole: components["schemas"]["OrganizationRole"] | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last sent
             */
            sentAt: string;
            /**
             * Format: date-time
             * @description Until when it could be accepted
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was accepted
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it was revoked
             */
            revokedAt: string | null;
        };
        PersonalData: {
            /**
             * Format: date-time
             * @description When this was put together
             */
            exportedAt: string;
            user: components["schemas"]["KeptUser"];
            picture: components["schemas"]["KeptPicture"] | null;
            /** @description Without what verifies them */
            factors: components["schemas"]["Factor"][];
            /**
             * Format: int64
             * @description Recovery codes that were not used
             */
            recoveryCodesLeft: number;
            /** @description Where they were signed in, as long as that is kept */
            sessions: components["schemas"]["KeptSession"][];
            /** @description Without the tokens */
            apiTokens: components["schemas"]["KeptApiToken"][];
            /** @description To which they belong */
            organizations: components["schemas"]["Membership"][];
            /** @description That they were sent */
            invitations: components["schemas"]["InvitationReceived"][];
            /** @description Without what stood in them */
            mailedLinks: components["schemas"]["MailedLink"][];
            /** @description That was written to them, as long as it is kept */
            mail: components["schemas"]["MailToThem"][];
            /** @description With an `Idempotency-Key`, as long as what came of them is kept */
            requests: string[];
            /** @description What happened to their account, oldest first */
            activity: components["schemas"]["Activity"][];
            /** @description What they did to the accounts of others, oldest first; what came of invitations is for admins */
            acts: components["schemas"]["Act"][];
            /** @description That they sent; to whom is for those to know */
            invitationsSent: components["schemas"]["InvitationSent"][];
        };
        FactorsPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Factors on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Factors on all pages
             */
            total: number;
            /**
             * Format: int64
             * @description Recovery codes that were not used
             */
            recoveryCodesLeft: number;
        };
        /** @description The only answer that shows the secret */
        TotpEnrolment: {
            factor: components["schemas"]["Factor"];
            /** @description To be typed into the app where there is no camera; base32 */
            secret: string;
            /**
             * Format: uri
             * @description The link that apps take over
             */
            uri: string;
            /** @description The same as a QR code: an SVG image */
            qr: string;
        };
        AddedFactor: {
            factor: components["schemas"]["Factor"];
            /** @description With the first factor, else null */
            recoveryCodes: string[] | null;
        };
        /** @description For `PublicKeyCredential.parseCreationOptionsFromJSON` in a browser */
        PasskeyCreation: {
            rp: {
                /** @description The host that `PUBLIC_URL` names */
                id: string;
                /** @description What browsers call the site */
                name: string;
            };
            user: {
                /** @description What the passkey calls its owner */
                id: string;
                /** @description How they sign in */
                name: string;
                /** @description Their names; empty where there are none */
                displayName: string;
            };
            /** @description To be signed */
            challenge: string;
            pubKeyCredParams: {
                /** @enum {string} */
                type: "public-key";
                /**
                 * Format: int32
                 * @description COSE algorithm
                 */
                alg: number;
            }[];
            /**
             * Format: int64
             * @description Milliseconds left to answer
             */
            timeout: number;
            excludeCredentials: {
                /** @description Of a passkey that is known */
                id: string;
                /** @enum {string} */
                type: "public-key";
                transports: string[];
            }[];
            authenticatorSelection: {
                /** @enum {string} */
                residentKey: "preferred";
                /** @enum {string} */
                userVerification: "preferred";
            };
            /** @enum {string} */
            attestation: "none";
        };
        RecoveryCodes: {
            /** @description Each good once in place of a factor; shown this once */
            recoveryCodes: string[];
        };
        Thumbnails: {
            /**
             * Format: uri
             * @description 64 by 64 pixels
             */
            small: string;
            /**
             * Format: uri
             * @description 256 by 256 pixels
             */
            medium: string;
        };
        UploadedAvatar: {
            /**
             * Format: uri
             * @description At most 1024 by 1024 pixels; needs no token, as all of these
             */
            avatar: string;
            thumbnails: components["schemas"]["Thumbnails"];
        };
        Avatar: {
            /**
             * Format: uri
             * @description The user's `avatar`
             */
            avatar: string | null;
            thumbnails: components["schemas"]["Thumbnails"] | null;
            /**
             * Format: uri
             * @description A drawing to show where there is no picture
             */
            initials: string;
        };
        UserWithProfile: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            role: components["schemas"]["Role"];
            status: components["schemas"]["Status"];
            /**
             * Format: uri
             * @description Profile picture
             */
            avatar: string | null;
            /** @description Whether the address was shown to be theirs */
            emailVerified: boolean;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastLoginAt: string | null;
            /**
             * Format: date-time
             * @description When the record was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            profile: components["schemas"]["Profile"];
        };
        Unlocked: {
            /** @description For people */
            message: string;
            /** @description Whether there was anything to unlock */
            wasLocked: boolean;
        };
        /** @description `email`, `role` and the names are those of the user, as the record says them, or, into an organization, as they were sent; its admins are shown `userId` once it is accepted */
        Invitation: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description Whether it can be accepted: only while it is pending
             * @enum {string}
             */
            state: "pending" | "accepted" | "expired" | "revoked";
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            role: components["schemas"]["Role"];
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            /**
             * Format: uuid
             * @description What whoever accepts it joins, if anything
             */
            organizationId?: string;
            organizationRole?: components["schemas"]["OrganizationRole"];
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            userId: string | null;
            /**
             * Format: uuid
             * @description Who sent it last; null for the system
             */
            invitedBy: string | null;
            /**
             * Format: date-time
             * @description When somebody was invited
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was sent, or sent again
             */
            sentAt: string;
            /**
             * Format: date-time
             * @description Until when it can be accepted
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was accepted, or the account became active in another way
             */
            acceptedAt: string | null;
            /**
             * Format: date-time
             * @description When it was taken back, or the account was deleted or deactivated
             */
            revokedAt: string | null;
        };
        Impersonation: {
            /** @description To be sent as `Authorization: Bearer …`; its claim `act` says who acts */
            accessToken: string;
            /** @enum {string} */
            tokenType: "Bearer";
            /**
             * Format: int64
             * @description Seconds for which it is good
             */
            expiresIn: number;
            user: components["schemas"]["User"];
        };
        Erasure: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose
             */
            userId: string;
            /**
             * @description An admin asked for it, a deletion was long enough ago, or a backup had brought them back
             * @enum {string}
             */
            cause: "asked" | "retention" | "restored";
            /** @description What was taken away */
            erased: {
                /**
                 * Format: int64
                 * @description How many
                 */
                profile?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                names?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                passwords?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                sessions?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                refreshTokens?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                apiTokens?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                factors?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                recoveryCodes?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                challenges?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                mailedLinks?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                mail?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                invitations?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                memberships?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                pictures?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                requests?: number;
                /**
                 * Format: int64
                 * @description How many
                 */
                imports?: number;
            };
            /**
             * Format: date-time
             * @description From then on nobody can sign in as them, or see anything of them
             */
            erasedAt: string;
            /**
             * Format: date-time
             * @description Since when nothing that others did says more of them than their id; null while owed
             */
            sweptAt: string | null;
            /**
             * Format: date-time
             * @description Since when files are cleaned of them; null while owed. A database server may keep bytes of rows of large tables in the free room of its pages until something takes it
             */
            finishedAt: string | null;
        };
        Organization: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: int64
             * @description Counted up once, never given again
             */
            number: number;
            /** @description What people call it */
            name: string;
            /** @description What addresses call it; no other organization has it */
            slug: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its name or slug was last changed
             */
            updatedAt: string;
        };
        OrganizationPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Organizations on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Organizations that match, on all pages
             */
            total: number;
        };
        OrganizationDeleted: {
            /** @description For people */
            message: string;
            /**
             * Format: date-time
             * @description When it was deleted
             */
            deletedAt: string;
        };
        Member: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            userId: string;
            /**
             * Format: int64
             * @description The user's own
             */
            number: number;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
            status: components["schemas"]["Status"];
            role: components["schemas"]["OrganizationRole"];
            /**
             * Format: date-time
             * @description From when on they have belonged to it
             */
            since: string;
        };
        MemberPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Members on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Members that match, on all pages
             */
            total: number;
        };
        MemberRemoved: {
            /** @description For people */
            message: string;
            /**
             * Format: date-time
             * @description From then on they do not belong to it
             */
            removedAt: string;
        };
        InvitationPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Invitations on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Invitations that match, on all pages
             */
            total: number;
        };
        InvitationBatchMeta: {
            /**
             * Format: int64
             * @description Invitations that were sent, or would be
             */
            succeeded: number;
            /**
             * Format: int64
             * @description Invitations that were refused, or would be
             */
            failed: number;
            /** @description Whether nothing was done */
            dryRun: boolean;
        };
        Revoked: {
            /** @description For people */
            message: string;
            /**
             * Format: date-time
             * @description When it was revoked
             */
            revokedAt: string;
        };
        Session: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: uuid
             * @description The admin who acts in the user's stead, if one does
             */
            impersonator?: string;
            /** @description Program and system, as they call themselves: “Firefox on Windows” */
            device: string | null;
            /** @description The same as it was sent */
            userAgent: string | null;
            /** @description Address from which it was used last */
            ip: string | null;
            /**
             * Format: date-time
             * @description When somebody signed in
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was used last, to the minute
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description When it ends at the latest
             */
            expiresAt: string;
            /** @description Whether it is the session that asks */
            current: boolean;
        };
        SessionsPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Sessions on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Sessions that stand, on all pages
             */
            total: number;
        };
        SessionsRevoked: {
            /** @description For people */
            message: string;
            /**
             * Format: int64
             * @description How many sessions that were
             */
            revoked: number;
            /**
             * Format: date-time
             * @description From then on no token of it is good
             */
            revokedAt: string;
        };
        SessionRevoked: {
            /** @description For people */
            message: string;
            /**
             * Format: date-time
             * @description From then on no token of it is good
             */
            revokedAt: string;
        };
        ApiToken: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /** @description What its maker calls it */
            name: string;
            /** @description What it is for; it does no more than its owner may */
            permissions: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "mail:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
            /**
             * Format: date-time
             * @description From when on it is refused
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute
             */
            lastUsedAt: string | null;
        };
        ApiTokenPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Tokens on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Tokens on all pages
             */
            total: number;
        };
        NewApiToken: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /** @description What its maker calls it */
            name: string;
            /** @description What it is for; it does no more than its owner may */
            permissions: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "mail:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
            /**
             * Format: date-time
             * @description From when on it is refused
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute
             */
            lastUsedAt: string | null;
            /** @description To be sent as `Authorization: Bearer …`; shown this once */
            token: string;
        };
        Mail: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose account it is about
             */
            userId: string;
            /**
             * Format: idn-email
             * @description Where it goes
             */
            to: string;
            /**
             * @description What it is about
             * @enum {string}
             */
            kind: "verify_email" | "already_registered" | "invitation" | "organization_invitation" | "reset_password" | "password_was_reset" | "confirm_email" | "email_was_changed" | "account_locked" | "codes_locked" | "password_changed" | "api_token_made" | "api_token_revoked" | "factor_added" | "factor_removed" | "recovery_codes_made" | "notices_off";
            /** @description What stands above it */
            subject: string;
            /**
             * @description Dead mail was given up
             * @enum {string}
             */
            state: "waiting" | "sent" | "dead";
            /**
             * @description Where it went: to the mail server, or into the mailbox of development
             * @enum {string|null}
             */
            via: "smtp" | "mailbox" | null;
            /**
             * Format: int64
             * @description How often it was taken up
             */
            attempts: number;
            /** @description Why it was not taken the last time: a short code, as `smtp_450` for what the mail server answered */
            failure: string | null;
            /**
             * Format: date-time
             * @description When what it is about happened
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it is tried next, while it waits
             */
            dueAt: string | null;
            /**
             * Format: date-time
             * @description When it was sent or given up
             */
            settledAt: string | null;
        };
        MailPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Mails on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Mails that match, on all pages
             */
            total: number;
        };
        MailWithLetter: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose account it is about
             */
            userId: string;
            /**
             * Format: idn-email
             * @description Where it goes
             */
            to: string;
            /**
             * @description What it is about
             * @enum {string}
             */
            kind: "verify_email" | "already_registered" | "invitation" | "organization_invitation" | "reset_password" | "password_was_reset" | "confirm_email" | "email_was_changed" | "account_locked" | "codes_locked" | "password_changed" | "api_token_made" | "api_token_revoked" | "factor_added" | "factor_removed" | "recovery_codes_made" | "notices_off";
            /** @description What stands above it */
            subject: string;
            /**
             * @description Dead mail was given up
             * @enum {string}
             */
            state: "waiting" | "sent" | "dead";
            /**
             * @description Where it went: to the mail server, or into the mailbox of development
             * @enum {string|null}
             */
            via: "smtp" | "mailbox" | null;
            /**
             * Format: int64
             * @description How often it was taken up
             */
            attempts: number;
            /** @description Why it was not taken the last time: a short code, as `smtp_450` for what the mail server answered */
            failure: string | null;
            /**
             * Format: date-time
             * @description When what it is about happened
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it is tried next, while it waits
             */
            dueAt: string | null;
            /**
             * Format: date-time
             * @description When it was sent or given up
             */
            settledAt: string | null;
            /** @description As plain text */
            text: string;
            /** @description As HTML */
            html: string;
        };
        ImportError: {
            /**
             * Format: int64
             * @description The line of the file, from 1
             */
            line: number;
            /** @description Stable, for programs */
            code: string;
            /** @description For people */
            message: string;
            details?: {
                /** @description Where */
                field: string;
                /** @description What is wrong there */
                message: string;
            }[];
        };
        Import: {
            /**
             * Format: uuid
             * @description To ask how far it is
             */
            id: string;
            /**
             * @description What was stopped keeps whom it has added; nothing more comes of the rest of the file
             * @enum {string}
             */
            state: "running" | "done" | "stopped";
            /** @description Nobody is added */
            dryRun: boolean;
            /**
             * Format: int64
             * @description Lines that were looked at
             */
            lines: number;
            /**
             * Format: int64
             * @description Users who were added, or would be
             */
            added: number;
            /**
             * Format: int64
             * @description Of these, pending users who are sent a mail to prove their address, or would be
             */
            mailed: number;
            /**
             * Format: int64
             * @description Organizations that were added, or would be
             */
            organizations: number;
            /**
             * Format: int64
             * @description Lines that were refused
             */
            refused: number;
            /** @description Why; of the first that were */
            errors: components["schemas"]["ImportError"][];
            /**
             * Format: uuid
             * @description Who sent the file
             */
            startedBy: string;
            /**
             * Format: date-time
             * @description When it was sent
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description As of when this was so
             */
            updatedAt: string;
        };
        LogEntry: {
            /**
             * Format: uuid
             * @description Whose account it happened to
             */
            userId: string;
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
            /** @description The same in words */
            description: string;
            metadata: {
                /** @description Address of the caller */
                ip: string | null;
                /** @description Program of the caller */
                userAgent: string | null;
                /**
                 * Format: uuid
                 * @description Who did it; null for the system and strangers
                 */
                actor: string | null;
                /**
                 * @description They did it in the stead of the user
                 * @constant
                 */
                impersonating?: true;
                /**
                 * Format: uuid
                 * @description The API token with which they did it
                 */
                apiToken?: string;
                changed?: string[];
                /** @description Role or status before */
                from?: string;
                /** @description Role or status after */
                to?: string;
                /**
                 * Format: uuid
                 * @description The organization that it is about
                 */
                organization?: string;
                /** @description What the thing is called that was made or taken away */
                name?: string;
            };
            /**
             * Format: date-time
             * @description When it happened
             */
            createdAt: string;
        };
        Called: {
            /**
             * Format: uuid
             * @description Stays the same for ever
             */
            id: string;
            /**
             * Format: idn-email
             * @description Nobody else has it, ignoring case
             */
            email: string | null;
            /** @description First name */
            firstName: string | null;
            /** @description Last name */
            lastName: string | null;
        };
        LogPageMeta: {
            /**
             * Format: int64
             * @description Which page this is
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a whole page
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries that match, on all pages
             */
            total: number;
            /**
             * @description There are more than `total`
             * @constant
             */
            totalIsExact?: false;
            /** @description The `cursor` of the next page; null at the end. Absent without `cursor` */
            next?: string | null;
            /** @description With `names`: the users whom the entries name, as far as the caller may list them and they are not deleted, in no order */
            people?: components["schemas"]["Called"][];
        };
        StatsStretch: {
            /**
             * Format: date-time
             * @description Where it begins
             */
            from: string;
            /**
             * Format: int64
             * @description Users who were added
             */
            signUps: number;
            /**
             * Format: int64
             * @description Sign-ins
             */
            logins: number;
            /**
             * Format: int64
             * @description Attempts with a wrong password or code
             */
            failedLogins: number;
        };
        Stats: {
            /** @description As of now */
            totals: {
                /**
                 * Format: int64
                 * @description All that are not deleted
                 */
                users: number;
                /** @description The same by role */
                byRole: {
                    /**
                     * Format: int64
                     * @description Users that are admin
                     */
                    admin: number;
                    /**
                     * Format: int64
                     * @description Users that are user
                     */
                    user: number;
                    /**
                     * Format: int64
                     * @description Users that are viewer
                     */
                    viewer: number;
                };
                /** @description The same by status */
                byStatus: {
                    /**
                     * Format: int64
                     * @description Users that are active
                     */
                    active: number;
                    /**
                     * Format: int64
                     * @description Users that are inactive
                     */
                    inactive: number;
                    /**
                     * Format: int64
                     * @description Users that are pending
                     */
                    pending: number;
                };
            };
            /**
             * Format: date-time
             * @description Where the first stretch begins
             */
            from: string;
            /**
             * Format: date-time
             * @description Where the last one ends
             */
            to: string;
            /**
             * @description How long each is
             * @enum {string}
             */
            interval: "hour" | "day" | "week";
            /** @description One stretch after another, also where nothing happened */
            series: components["schemas"]["StatsStretch"][];
        };
        Setting: {
            /** @description The environment variable */
            name: string;
            /** @description What it belongs to */
            chapter: string;
            /** @description What it does, in Markdown */
            description: string;
            /** @description What is in force; null where nothing is set, and for secrets */
            value: string | null;
            /** @description Whether the operator decided it */
            isSet: boolean;
            /** @description Whether its value is shown to nobody */
            isSecret: boolean;
        };
        Limit: {
            /** @description What it limits, the unit last */
            name: string;
            /**
             * Format: int64
             * @description The most, or the least where the name says so
             */
            value: number;
        };
        SettingsInForce: {
            settings: components["schemas"]["Setting"][];
            limits: components["schemas"]["Limit"][];
        };
        Attention: {
            /**
             * @description What it is about
             * @enum {string}
             */
            code: "default_admin_active" | "users_pending" | "invitations_pending" | "invitations_expired" | "mail_dead" | "mail_not_sent" | "uploads_not_scanned";
            /**
             * Format: int64
             * @description How many of it there are
             */
            count: number;
        };
        /** @description An OpenAPI 3.1 document */
        Description: {
            openapi: string;
        };
    };
    responses: {
        /** @description The request took too long to arrive. */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is too large. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is of a type that is not read here. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller's bucket is empty, or too many passwords or tokens were wrong. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The headers of the request are too large. */
        HeadersTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A bug; it was logged under the id in `X-Request-Id`. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Something that the server needs is away, or it has too much to do. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller may not do this, or their account is not active. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request cannot be read, or something in it is wrong. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no token, or none that still stands. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Something that is already there stands in the way. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request can be read, and cannot be followed. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Somebody else saved first; nothing was changed. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such thing. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email?: string;
                    username?: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tokens"] | components["schemas"]["HalfSignIn"];
                    };
                };
            };
        };
    };
    finishSignInByCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description From the answer to the password */
                    challengeId: string;
                    /** @description Of the authenticator app, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tokens"];
                    };
                };
            };
        };
    };
    requestPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description From the answer to the password */
                    challengeId?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PasskeyRequest"];
                    };
                };
            };
        };
    };
    signInByPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description From the answer to the password */
                    challengeId?: string;
                    /** @description What `credential.toJSON()` gives in a browser */
                    credential: {
                        /** @description Bytes in base64url */
                        id: string;
                        /** @description Bytes in base64url */
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            /** @description Bytes in base64url */
                            clientDataJSON: string;
                            /** @description Bytes in base64url */
                            authenticatorData: string;
                            /** @description Bytes in base64url */
                            signature: string;
                            /** @description Bytes in base64url */
                            userHandle?: string | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tokens"];
                    };
                };
            };
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tokens"];
                    };
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                    /** Format: password */
                    password: string;
                    firstName: string;
                    lastName: string;
                };
            };
        };
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: password */
                    password?: string;
                    firstName?: string;
                    lastName?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: idn-email */
                    email: string;
                    /** Format: password */
                    password: string;
                    firstName?: string;
                    lastName?: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    readOwnPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What the role allows */
                        data: ("users:read" | "users:list" | "users:create" | "users:update" | "users:delete" | "users:roles" | "users:impersonate" | "sessions:manage" | "tokens:manage" | "mail:manage" | "factors:manage" | "invitations:manage" | "organizations:manage" | "activity:list" | "settings:read")[];
                    };
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Words of names or e-mail address */
                search?: string;
                /** @description Only users of this role */
                role?: "admin" | "user" | "viewer";
                /** @description Only users of this status */
                status?: "active" | "inactive" | "pending";
                /** @description Only users whose address is proved, or is not */
                emailVerified?: boolean;
                /** @description Created not before: an ISO 8601 date, or date and time */
                createdFrom?: string;
                /** @description Created before: an ISO 8601 date, or date and time */
                createdTo?: string;
                /** @description Changed not before: an ISO 8601 date, or date and time */
                updatedFrom?: string;
                /** @description Changed before: an ISO 8601 date, or date and time */
                updatedTo?: string;
                /** @description Signed in last not before: an ISO 8601 date, or date and time */
                lastLoginFrom?: string;
                /** @description Signed in last before: an ISO 8601 date, or date and time */
                lastLoginTo?: string;
                /** @description What the list is sorted by; users without the value come last. `created_at` and `createdAt` are the same */
                sort?: "created_at" | "createdAt" | "email" | "firstName" | "lastName" | "updatedAt" | "lastLoginAt";
                /** @description Upwards or downwards */
                order?: "asc" | "desc";
                /** @description In place of `page`: empty to begin with, then the `meta.next` of the page before */
                cursor?: string;
                /** @description `false` leaves `total` and `totalPages` out */
                count?: boolean;
                /** @description Only these keys, in the order of the answer: `id,email,profile.bio`. `username`, `number` and `attributes` are shown only when they are named */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: (components["schemas"]["User"] | components["schemas"]["SelectedUser"])[];
                        meta: components["schemas"]["PageMeta"];
                    };
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                    /** Format: password */
                    password: string;
                    firstName: string;
                    lastName: string;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
        };
    };
    batchUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whether all of it is done or none */
                    atomic: boolean;
                    operations: {
                        /** @enum {string} */
                        op: "create" | "update" | "delete" | "restore";
                        /** Format: uuid */
                        id?: string;
                        /** @description An ETag, or the number of a version */
                        ifMatch?: number | string;
                        body?: {
                            /** Format: idn-email */
                            email: string;
                            /** Format: password */
                            password?: string;
                            firstName: string;
                            lastName: string;
                            /** @enum {string} */
                            role?: "admin" | "user" | "viewer";
                            /** @enum {string} */
                            status?: "active" | "inactive" | "pending";
                            /** Format: uri */
                            avatar?: string;
                            username?: string;
                        } | {
                            /** Format: idn-email */
                            email?: string | null;
                            username?: string | null;
                            firstName?: string | null;
                            lastName?: string | null;
                            /** @enum {string} */
                            role?: "admin" | "user" | "viewer";
                            /** @enum {string} */
                            status?: "active" | "inactive" | "pending";
                            /** Format: uri */
                            avatar?: string | null;
                            profile?: {
                                bio?: string | null;
                                location?: string | null;
                                /** Format: uri */
                                website?: string | null;
                                twitter?: string | null;
                                linkedin?: string | null;
                                github?: string | null;
                            } | null;
                            preferences?: {
                                /** @enum {string|null} */
                                theme?: "light" | "dark" | "auto" | null;
                                language?: string | null;
                                timezone?: string | null;
                                notifications?: {
                                    email?: boolean | null;
                                    push?: boolean | null;
                                    marketing?: boolean | null;
                                } | null;
                            } | null;
                            attributes?: {
                                [key: string]: unknown;
                            } | null;
                        };
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the order of the operations */
                        data: ({
                            /** @enum {unknown} */
                            status: 200 | 201;
                            data: components["schemas"]["User"] | components["schemas"]["Deleted"];
                        } | {
                            /**
                             * Format: int32
                             * @description The status of the answer
                             */
                            status: number;
                            error: {
                                /** @description What programs go by */
                                code: string;
                                /** @description For people */
                                message: string;
                                /** @description Everything that is wrong, at once */
                                details?: {
                                    /** @description Which value */
                                    field: string;
                                    /** @description What is wrong with it */
                                    message: string;
                                }[];
                            };
                        })[];
                        meta: components["schemas"]["BatchMeta"];
                    };
                };
            };
        };
    };
    readMe: {
        parameters: {
            query?: {
                /** @description Only these keys, in the order of the answer: `id,email,profile.bio`. `username`, `number` and `attributes` are shown only when they are named */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Me"] | components["schemas"]["SelectedUser"];
                    };
                };
            };
            /** @description What the caller has still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
                "application/json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Me"];
                    };
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
                "application/json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Me"];
                    };
                };
            };
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: password */
                    currentPassword: string;
                    /** Format: password */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    changeOwnEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    listOwnActivity: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only entries of this type */
                type?: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
                /** @description Not before: an ISO 8601 date, or date and time */
                from?: string;
                /** @description Before: an ISO 8601 date, or date and time */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Activity"][];
                        meta: components["schemas"]["ActivityPageMeta"];
                    };
                };
            };
        };
    };
    listOwnOrganizations: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Membership"][];
                        meta: components["schemas"]["MembershipPageMeta"];
                    };
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PersonalData"];
                    };
                };
            };
        };
    };
    listOwnFactors: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Factor"][];
                        meta: components["schemas"]["FactorsPageMeta"];
                    };
                };
            };
        };
    };
    enrolTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    /** Format: password */
                    currentPassword?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TotpEnrolment"];
                    };
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the authenticator app: six digits */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AddedFactor"];
                    };
                };
            };
        };
    };
    offerPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: password */
                    currentPassword?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PasskeyCreation"];
                    };
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description What `credential.toJSON()` gives in a browser */
                    credential: {
                        /** @description Bytes in base64url */
                        id: string;
                        /** @description Bytes in base64url */
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            /** @description Bytes in base64url */
                            clientDataJSON: string;
                            /** @description Bytes in base64url */
                            attestationObject: string;
                            transports?: string[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AddedFactor"];
                    };
                };
            };
        };
    };
    makeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RecoveryCodes"];
                    };
                };
            };
        };
    };
    removeOwnFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The factor's id */
                fid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    readOwnAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Avatar"];
                    };
                };
            };
        };
    };
    uploadAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A JPEG or a PNG of at most 5 MB
                     */
                    avatar: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["UploadedAvatar"];
                    };
                };
            };
        };
    };
    removeOwnAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    readUser: {
        parameters: {
            query?: {
                /** @description Only these keys, in the order of the answer: `id,email,profile.bio`. `username`, `number` and `attributes` are shown only when they are named */
                fields?: string;
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["UserWithProfile"] | components["schemas"]["SelectedUser"];
                    };
                };
            };
            /** @description What the caller has still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
                "application/json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
                "application/json": {
                    /** Format: idn-email */
                    email?: string | null;
                    username?: string | null;
                    firstName?: string | null;
                    lastName?: string | null;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    /** @enum {string} */
                    status?: "active" | "inactive" | "pending";
                    /** Format: uri */
                    avatar?: string | null;
                    profile?: {
                        bio?: string | null;
                        location?: string | null;
                        /** Format: uri */
                        website?: string | null;
                        twitter?: string | null;
                        linkedin?: string | null;
                        github?: string | null;
                    } | null;
                    preferences?: {
                        /** @enum {string|null} */
                        theme?: "light" | "dark" | "auto" | null;
                        language?: string | null;
                        timezone?: string | null;
                        notifications?: {
                            email?: boolean | null;
                            push?: boolean | null;
                            marketing?: boolean | null;
                        } | null;
                    } | null;
                    attributes?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
        };
    };
    restoreUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["User"];
                    };
                };
            };
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unlocked"];
                };
            };
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: password */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    sendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only entries of this type */
                type?: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
                /** @description Not before: an ISO 8601 date, or date and time */
                from?: string;
                /** @description Before: an ISO 8601 date, or date and time */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Activity"][];
                        meta: components["schemas"]["ActivityPageMeta"];
                    };
                };
            };
        };
    };
    impersonateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Impersonation"];
                    };
                };
            };
        };
    };
    exportUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PersonalData"];
                    };
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Erasure"];
                    };
                };
            };
        };
    };
    listOrganizationsOfUser: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Membership"][];
                        meta: components["schemas"]["MembershipPageMeta"];
                    };
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Organization"][];
                        meta: components["schemas"]["OrganizationPageMeta"];
                    };
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Organization"];
                    };
                };
            };
        };
    };
    readOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Organization"];
                    };
                };
            };
            /** @description What the caller has still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationDeleted"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": {
                    name?: string;
                    slug?: string;
                };
                "application/json": {
                    name?: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Organization"];
                    };
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only members of this role */
                role?: "admin" | "member";
            };
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"][];
                        meta: components["schemas"]["MemberPageMeta"];
                    };
                };
            };
        };
    };
    putMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
                /** @description The member's id, which is the user's */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                    };
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"];
                    };
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The organization's id */
                id: string;
                /** @description The member's id, which is the user's */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberRemoved"];
                };
            };
        };
    };
    readAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Avatar"];
                    };
                };
            };
        };
    };
    removeAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only invitations in this state */
                state?: "pending" | "accepted" | "expired" | "revoked";
                /** @description Only invitations of whoever has this address, ignoring case, or had it when they were deleted */
                email?: string;
                /** @description Only invitations into this organization */
                organizationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"][];
                        meta: components["schemas"]["InvitationPageMeta"];
                    };
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: idn-email */
                    email: string;
                    /** @enum {string} */
                    role?: "admin" | "user" | "viewer";
                    firstName?: string;
                    lastName?: string;
                    /**
                     * Format: int32
                     * @description For how long it can be accepted
                     * @default 7
                     */
                    expiresInDays?: number;
                    /** Format: uuid */
                    organizationId?: string;
                    /** @enum {string} */
                    organizationRole?: "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
        };
    };
    inviteMany: {
        parameters: {
            query?: {
                /** @description With CSV: tells what would come of it, and does nothing */
                dryRun?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Tells what would come of it, and does nothing
                     * @default false
                     */
                    dryRun?: boolean;
                    invitations: {
                        /** Format: idn-email */
                        email: string;
                        /** @enum {string} */
                        role?: "admin" | "user" | "viewer";
                        firstName?: string;
                        lastName?: string;
                        /**
                         * Format: int32
                         * @description For how long it can be accepted
                         * @default 7
                         */
                        expiresInDays?: number;
                        /** Format: uuid */
                        organizationId?: string;
                        /** @enum {string} */
                        organizationRole?: "admin" | "member";
                    }[];
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the order in which they were sent */
                        data: ({
                            /**
                             * Format: int64
                             * @description Where it stands: the line of the CSV, or the place in the list, from 1
                             */
                            line: number;
                            /** @enum {unknown} */
                            status: 200 | 201;
                            data?: components["schemas"]["Invitation"];
                        } | {
                            /**
                             * Format: int64
                             * @description Where it stands: the line of the CSV, or the place in the list, from 1
                             */
                            line: number;
                            /**
                             * Format: int32
                             * @description The status of the answer
                             */
                            status: number;
                            error: {
                                /** @description What programs go by */
                                code: string;
                                /** @description For people */
                                message: string;
                                /** @description Everything that is wrong, at once */
                                details?: {
                                    /** @description Which value */
                                    field: string;
                                    /** @description What is wrong with it */
                                    message: string;
                                }[];
                            };
                        })[];
                        meta: components["schemas"]["InvitationBatchMeta"];
                    };
                };
            };
        };
    };
    readInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The invitation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The invitation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revoked"];
                };
            };
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The invitation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"];
                    };
                };
            };
        };
    };
    listOwnSessions: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        meta: components["schemas"]["SessionsPageMeta"];
                    };
                };
            };
        };
    };
    revokeOwnSessions: {
        parameters: {
            query?: {
                /** @description Spares the session that asks */
                keep?: "current";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsRevoked"];
                };
            };
        };
    };
    revokeOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionRevoked"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        meta: components["schemas"]["SessionsPageMeta"];
                    };
                };
            };
        };
    };
    revokeSessions: {
        parameters: {
            query?: {
                /** @description Spares the session that asks */
                keep?: "current";
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsRevoked"];
                };
            };
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
                /** @description The session's id */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionRevoked"];
                };
            };
        };
    };
    listApiTokens: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Whose; the caller's unless sent. Others' for admins */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiToken"][];
                        meta: components["schemas"]["ApiTokenPageMeta"];
                    };
                };
            };
        };
    };
    createApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Some of what the caller may do */
                    permissions: string[];
                    /**
                     * Format: date-time
                     * @description At most 365 days ahead; 90 days unless sent
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["NewApiToken"];
                    };
                };
            };
        };
    };
    revokeApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    listMail: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only mail in this state */
                state?: "waiting" | "sent" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Mail"][];
                        meta: components["schemas"]["MailPageMeta"];
                    };
                };
            };
        };
    };
    readMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mail's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Mail"] | components["schemas"]["MailWithLetter"];
                    };
                };
            };
        };
    };
    retryMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The mail's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Mail"];
                    };
                };
            };
        };
    };
    listFactors: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Factor"][];
                        meta: components["schemas"]["FactorsPageMeta"];
                    };
                };
            };
        };
    };
    removeFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id */
                id: string;
                /** @description The factor's id */
                fid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    exportUsers: {
        parameters: {
            query?: {
                /** @description Everything in lines of JSON, or a table */
                format?: "ndjson" | "csv";
                /** @description Only these users, 200 at most, with commas between their ids */
                ids?: string;
                /** @description Words of names or e-mail address */
                search?: string;
                /** @description Only users of this role */
                role?: "admin" | "user" | "viewer";
                /** @description Only users of this status */
                status?: "active" | "inactive" | "pending";
                /** @description Only users whose address is proved, or is not */
                emailVerified?: boolean;
                /** @description Created not before: an ISO 8601 date, or date and time */
                createdFrom?: string;
                /** @description Created before: an ISO 8601 date, or date and time */
                createdTo?: string;
                /** @description Changed not before: an ISO 8601 date, or date and time */
                updatedFrom?: string;
                /** @description Changed before: an ISO 8601 date, or date and time */
                updatedTo?: string;
                /** @description Signed in last not before: an ISO 8601 date, or date and time */
                lastLoginFrom?: string;
                /** @description Signed in last before: an ISO 8601 date, or date and time */
                lastLoginTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
        };
    };
    startImport: {
        parameters: {
            query?: {
                /** @description Says what would come of it, and adds nobody */
                dryRun?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Taken in; what comes of it is not told here. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Import"];
                    };
                };
            };
        };
    };
    readImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The import's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Import"];
                    };
                };
            };
        };
    };
    listAllActivity: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                limit?: number;
                /** @description Only entries of this type */
                type?: "login" | "login_failed" | "logout" | "locked" | "unlocked" | "session_revoked" | "refresh_token_reused" | "created" | "registration_repeated" | "updated" | "password_changed" | "reset_requested" | "password_reset" | "role_changed" | "status_changed" | "verification_requested" | "factor_added" | "factor_removed" | "recovery_codes_made" | "recovery_code_used" | "email_verified" | "email_change_requested" | "avatar_changed" | "avatar_rejected" | "invited" | "invitation_accepted" | "invitation_revoked" | "deleted" | "restored" | "erased" | "exported" | "token_created" | "token_revoked" | "impersonated" | "organization_created" | "organization_updated" | "organization_deleted" | "organization_joined" | "organization_role_changed" | "organization_left" | "mail_retried";
                /** @description Only what this user did */
                actor?: string;
                /** @description Only what happened to the account of this user */
                user?: string;
                /** @description Not before: an ISO 8601 date, or date and time */
                from?: string;
                /** @description Before: an ISO 8601 date, or date and time */
                to?: string;
                /** @description In place of `page`: empty to begin with, then the `meta.next` of the page before */
                cursor?: string;
                /** @description `true` adds to `meta` what those are called whom the entries name */
                names?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEntry"][];
                        meta: components["schemas"]["LogPageMeta"];
                    };
                };
            };
        };
    };
    readStats: {
        parameters: {
            query?: {
                /** @description Not before: an ISO 8601 date, or date and time */
                from?: string;
                /** @description Before: an ISO 8601 date, or date and time */
                to?: string;
                /** @description How long each stretch is; the first begins at `from` */
                interval?: "hour" | "day" | "week";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Stats"];
                    };
                };
            };
        };
    };
    readSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SettingsInForce"];
                    };
                };
            };
        };
    };
    listAttention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Attention"][];
                    };
                };
            };
        };
    };
    readDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Description"];
                };
            };
            /** @description What the caller has still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
